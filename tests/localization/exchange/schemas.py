"""What the two standards ask of our exports, written down from their specifications.

The schemas themselves are not ours to ship. The DTD has the elements of TMX 1.4b; the XML
Schema has those of XLIFF 2.0's core that an export may hold, with all their constraints.
"""

from __future__ import annotations

from io import StringIO

from lxml import etree

_NAMED = "x CDATA #IMPLIED type CDATA #IMPLIED"
_ABOUT = """
  o-encoding CDATA #IMPLIED datatype CDATA #IMPLIED creationdate CDATA #IMPLIED
  creationid CDATA #IMPLIED creationtool CDATA #IMPLIED creationtoolversion CDATA #IMPLIED
  changedate CDATA #IMPLIED changeid CDATA #IMPLIED o-tmf CDATA #IMPLIED
  usagecount CDATA #IMPLIED lastusagedate CDATA #IMPLIED
"""
_TMX = f"""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header
  creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED
  o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED
  changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT note (#PCDATA)> <!ATTLIST note o-encoding CDATA #IMPLIED xml:lang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED o-encoding CDATA #IMPLIED xml:lang CDATA #IMPLIED>
<!ELEMENT ude (map+)> <!ATTLIST ude name CDATA #REQUIRED base CDATA #IMPLIED>
<!ELEMENT map EMPTY>
<!ATTLIST map unicode CDATA #REQUIRED code CDATA #IMPLIED ent CDATA #IMPLIED subst CDATA #IMPLIED>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED
  segtype (block | paragraph | sentence | phrase) #IMPLIED {_ABOUT}>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED {_ABOUT}>
<!ELEMENT seg (#PCDATA | bpt | ept | it | ph | hi | ut)*>
<!ELEMENT bpt (#PCDATA | sub)*> <!ATTLIST bpt i CDATA #REQUIRED {_NAMED}>
<!ELEMENT ept (#PCDATA | sub)*> <!ATTLIST ept i CDATA #REQUIRED>
<!ELEMENT ph (#PCDATA | sub)*> <!ATTLIST ph assoc CDATA #IMPLIED {_NAMED}>
<!ELEMENT it (#PCDATA | sub)*> <!ATTLIST it pos (begin | end) #REQUIRED {_NAMED}>
<!ELEMENT hi (#PCDATA | bpt | ept | it | ph | hi | ut)*> <!ATTLIST hi {_NAMED}>
<!ELEMENT ut (#PCDATA | sub)*> <!ATTLIST ut x CDATA #IMPLIED>
<!ELEMENT sub (#PCDATA | bpt | ept | it | ph | hi | ut)*>
<!ATTLIST sub datatype CDATA #IMPLIED type CDATA #IMPLIED>
"""

_TEXT = """
<xs:complexType mixed="true">
  <xs:choice minOccurs="0" maxOccurs="unbounded">
    <xs:element ref="x:cp"/><xs:element ref="x:ph"/><xs:element ref="x:pc"/>
  </xs:choice>
  {attributes}
</xs:complexType>
"""
_CODE = """
<xs:attribute name="id" type="xs:NMTOKEN" use="required"/>
<xs:attribute name="type" type="x:code"/>
"""
_XLIFF = f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    xmlns:x="urn:oasis:names:tc:xliff:document:2.0"
    targetNamespace="urn:oasis:names:tc:xliff:document:2.0">
  <xs:simpleType name="code"><xs:restriction base="xs:string">
    <xs:pattern value="fmt|ui|quote|link|image|other"/>
  </xs:restriction></xs:simpleType>
  <xs:element name="xliff"><xs:complexType>
    <xs:sequence><xs:element ref="x:file" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="version" fixed="2.0" use="required"/>
    <xs:attribute name="srcLang" type="xs:language" use="required"/>
    <xs:attribute name="trgLang" type="xs:language" use="required"/>
  </xs:complexType></xs:element>
  <xs:element name="file">
    <xs:complexType>
      <xs:sequence><xs:element ref="x:unit" maxOccurs="unbounded"/></xs:sequence>
      <xs:attribute name="id" type="xs:NMTOKEN" use="required"/>
      <xs:attribute name="original"/>
      <xs:anyAttribute namespace="http://www.w3.org/XML/1998/namespace" processContents="skip"/>
    </xs:complexType>
    <xs:unique name="units"><xs:selector xpath=".//x:unit"/><xs:field xpath="@id"/></xs:unique>
  </xs:element>
  <xs:element name="unit">
    <xs:complexType>
      <xs:sequence>
        <xs:element ref="x:notes" minOccurs="0"/>
        <xs:element ref="x:originalData" minOccurs="0"/>
        <xs:element ref="x:segment" maxOccurs="unbounded"/>
      </xs:sequence>
      <xs:attribute name="id" type="xs:NMTOKEN" use="required"/>
      <xs:attribute name="name"/>
    </xs:complexType>
    <xs:key name="data"><xs:selector xpath=".//x:data"/><xs:field xpath="@id"/></xs:key>
    <xs:keyref name="codes" refer="x:data">
      <xs:selector xpath=".//x:ph"/><xs:field xpath="@dataRef"/>
    </xs:keyref>
    <xs:keyref name="starts" refer="x:data">
      <xs:selector xpath=".//x:pc"/><xs:field xpath="@dataRefStart"/>
    </xs:keyref>
    <xs:keyref name="ends" refer="x:data">
      <xs:selector xpath=".//x:pc"/><xs:field xpath="@dataRefEnd"/>
    </xs:keyref>
  </xs:element>
  <xs:element name="notes"><xs:complexType><xs:sequence>
    <xs:element name="note" maxOccurs="unbounded"><xs:complexType mixed="true">
      <xs:attribute name="category"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="originalData"><xs:complexType><xs:sequence>
    <xs:element name="data" maxOccurs="unbounded"><xs:complexType mixed="true">
      <xs:sequence><xs:element ref="x:cp" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
      <xs:attribute name="id" type="xs:NMTOKEN" use="required"/>
      <xs:anyAttribute namespace="http://www.w3.org/XML/1998/namespace" processContents="skip"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="segment"><xs:complexType>
    <xs:sequence><xs:element ref="x:source"/><xs:element ref="x:target"/></xs:sequence>
    <xs:attribute name="state"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="initial|translated|reviewed|final"/>
    </xs:restriction></xs:simpleType></xs:attribute>
    <xs:attribute name="subState"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="[^\\s:]+:[^\\s:]+"/>
    </xs:restriction></xs:simpleType></xs:attribute>
  </xs:complexType></xs:element>
  <xs:element name="source">{_TEXT.format(attributes="")}
    <xs:unique name="inSource">
      <xs:selector xpath=".//x:ph|.//x:pc"/><xs:field xpath="@id"/>
    </xs:unique>
  </xs:element>
  <xs:element name="target">{_TEXT.format(attributes="")}
    <xs:unique name="inTarget">
      <xs:selector xpath=".//x:ph|.//x:pc"/><xs:field xpath="@id"/>
    </xs:unique>
  </xs:element>
  <xs:element name="cp"><xs:complexType>
    <xs:attribute name="hex" type="xs:hexBinary" use="required"/>
  </xs:complexType></xs:element>
  <xs:element name="ph"><xs:complexType>
    {_CODE}<xs:attribute name="dataRef" type="xs:NMTOKEN"/>
  </xs:complexType></xs:element>
  <xs:element name="pc">{
    _TEXT.format(
        attributes=_CODE
        + '<xs:attribute name="dataRefStart" type="xs:NMTOKEN"/>'
        + '<xs:attribute name="dataRefEnd" type="xs:NMTOKEN"/>'
    )
}</xs:element>
</xs:schema>
"""

TMX = etree.DTD(StringIO(_TMX))
XLIFF = etree.XMLSchema(etree.fromstring(_XLIFF))
