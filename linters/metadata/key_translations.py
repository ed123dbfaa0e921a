"""Words of keys as translators and machine translation have translated them."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "title": (
        "tittel titel titre titolo título titulo título otsikko tytuł název názov cím başlık titlu"
        " naslov заголовок название заглавие title タイトル 題名 제목 标题 標題 tiêu-đề ชื่อเรื่อง"
        " العنوان عنوان כותרת τίτλος pavadinimas nosaukums pealkiri titill judul"
    ),
    "description": (
        "beskrivelse beskrivning beschreibung descripción descripcion descrição descricao"
        " descrizione descrição kuvaus opis popis leírás açıklama descriere описание опис 説明"
        " 설명 说明 描述 說明 คำอธิบาย الوصف وصف תיאור περιγραφή aprašas aprašymas apraksts"
        " kirjeldus lýsing deskripsi omschrijving beschrijving"
    ),
    "author": (
        "forfatter författare autor autore auteur tekijä kirjoittaja szerző yazar автор 作成者"
        " 著者 작성자 저자 作者 ผู้เขียน المؤلف מחבר συντάκτης autorius autors höfundur penulis"
        " verfasser skribent"
    ),
    "manager": "leder chef beheerder gestionnaire responsabile gerente jefe päällikkö менеджер",
    "date": "dato datum fecha data päivämäärä päiväys dátum tarih dată дата 日付 날짜 日期 التاريخ",
    "topic": "emne ämne thema tema sujet argomento tópico aihe temat téma konu тема 主题 主題",
    "service": "tjeneste tjänst dienst servicio serviço servizio palvelu usługa služba hizmet",
    "audience": "målgruppe målgrupp zielgruppe audiencia público pubblico yleisö аудитория",
    "reviewer": "korrekturleser granskare prüfer revisor revisore réviseur рецензент",
    "collection": "samling sammlung colección coleção raccolta kokoelma kolekcja коллекция",
    "robots": "roboter robotar robotit roboty роботы ロボット",
}

ENGLISH: Mapping[str, str] = {
    word: english for english, words in _WORDS.items() for word in words.split() if word != english
}
"""Maps a translated word, in lower case, to the English one."""
