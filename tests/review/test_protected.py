"""Protected words in what is said, in all the ways in which they are said and written down."""

import pytest

from duskreel.library.protected_words import ProtectedKind, ProtectedWord
from duskreel.review.findings import Kind
from duskreel.review.protected import find
from duskreel.review.spoken import Spoken
from duskreel.review.suggesting import suggested
from review.measuring import LANGUAGES, finders, labelled, measure, overall, spoken

COMPANY = ProtectedWord("Nordwind", "employer")
OAKDEN = ProtectedWord("Katharine Oakden", "colleague")


def found(text: str, *protected: ProtectedWord, language: str = "en") -> list[str]:
    heard = spoken(text, language)
    matches = find(heard, protected)
    assert all(match.kind == Kind.PROTECTED for match in matches)
    return [" ".join(heard.texts[match.first : match.last + 1]) for match in matches]


def word(text: str, kind: ProtectedKind = "employer", *also: str) -> ProtectedWord:
    return ProtectedWord(text, kind, also)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("I worked at Nordwind for years.", "Nordwind"),
        ("i worked at nordwind for years", "nordwind"),
        ("The NORDWIND, well, logo.", "NORDWIND,"),
        ("That is Nordwind's problem.", "Nordwind's"),
        ("That is Nordwind’s problem.", "Nordwind’s"),
        ("Ask the ex-Nordwind people.", "ex-Nordwind"),
        ("I was at Nord Wind until May.", "Nord Wind"),
        ("I was at nord wind until May.", "nord wind"),
        ("I was at Northwind until May.", "Northwind"),
        ("I was at Nordwint until May.", "Nordwint"),
    ],
)
def test_a_name_is_found_exact_bent_split_and_misspelled(text: str, part: str) -> None:
    assert found(text, COMPANY) == [part]


@pytest.mark.parametrize(
    "text",
    [
        "The north wind was cold today.",
        "Norton called about the antivirus.",
        "The window was open all night.",
        "It was nor windy nor warm.",
        "",
    ],
)
def test_ordinary_words_near_a_name_are_left_alone(text: str) -> None:
    assert found(text, COMPANY) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("I called Katharine Oakden today.", "Katharine Oakden"),
        ("I called Catherine Oakden today.", "Catherine Oakden"),
        ("I called Katharine today.", "Katharine"),
        ("I called Ms. Oakden today.", "Oakden"),
        ("I called Oak Den today.", "Oak Den"),
        ("The Oakdens came over.", "Oakdens"),
        ("I said, Katharine, Oakden is yours.", "Katharine, Oakden"),
    ],
)
def test_of_a_person_first_name_and_surname_are_found_alone_and_are_one_finding_together(text: str, part: str) -> None:
    assert found(text, OAKDEN) == [part]


def test_the_telling_part_of_a_companys_name_is_found_alone_and_the_ordinary_one_is_not() -> None:
    firm = word("Velmora Software GmbH")
    assert found("I left Velmora in May.", firm) == ["Velmora"]
    assert found("I like Software and software.", firm) == []
    assert found("We were Velmora Software back then.", firm) == ["Velmora Software"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I told Mark about it.", ["Mark"]),
        ("Mark's on holiday.", ["Mark's"]),
        ("Mark said no.", ["Mark"]),
        ("Then, mark the date.", []),
        ("Mark my words, it will rain.", []),
        ("It left a mark on me.", []),
        ("mark said no", []),
        ("We ran into Mark Oakden there.", ["Mark Oakden"]),
    ],
)
def test_a_name_that_is_a_word_too_needs_a_capital(text: str, parts: list[str]) -> None:
    assert found(text, word("Mark Oakden", "colleague")) == parts


def test_an_everyday_word_in_small_letters_is_meant_wherever_it_is_said() -> None:
    assert found("Then my sister called. Sister, I said.", word("sister", "other")) == ["sister", "Sister,"]
    assert found("Then my sister called.", word("Sister", "other")) == []


def test_a_projects_name_from_the_dictionary_needs_a_capital_unless_nothing_has_one() -> None:
    project = word("Project Halcyon", "project")
    assert found("Those were halcyon days, Anna.", project) == []
    assert found("They stopped Halcyon on Monday.", project) == ["Halcyon"]
    assert found("they stopped halcyon on monday", project) == ["halcyon"]


def test_another_persons_first_name_is_not_a_misheard_one() -> None:
    assert found("I met Thomas and Kate today.", word("Tobias", "colleague"), word("Kaitlyn", "colleague")) == []
    assert found("I met Caitlin today.", word("Kaitlyn", "colleague")) == ["Caitlin"]


def test_an_abbreviation_counts_with_its_capitals_alone() -> None:
    firm = word("Nordwind", "employer", "IT", "NW")
    assert found("It is it, I said.", firm) == []
    assert found("I was in IT at NW, you know.", firm) == ["IT", "NW,"]


def test_a_very_short_name_needs_its_capital() -> None:
    assert found("I saw al and ed, no, Ed.", word("Ed", "colleague"), word("Al", "colleague")) == ["Ed."]


def test_another_form_is_as_good_as_the_word_and_names_it() -> None:
    matches = find(spoken("We called it Zephyrus.", "en"), [word("Nordwind", "employer", "Zephyrus")])
    assert [match.why for match in matches] == ["This is “Nordwind”, which you protect."]


def test_why_tells_the_word_and_how_it_was_recognised() -> None:
    def why(text: str, protected: ProtectedWord) -> list[str]:
        return [match.why for match in find(spoken(text, "en"), [protected])]

    assert why("I left Nordwind.", COMPANY) == ["This is “Nordwind”, which you protect."]
    assert why("I met Caitlin.", word("Kaitlyn")) == ["Sounds like “Kaitlyn”, which you protect."]
    assert why("I met Oakden.", OAKDEN) == ["Part of this is, or comes from, “Katharine Oakden”, which you protect."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Der Nordwind-Chef kam.", ["Nordwind-Chef"]),
        ("Die Nordwindleute kamen.", ["Nordwindleute"]),
        ("Nordwinds Büro war leer.", ["Nordwinds"]),
        ("Das nordwindische Büro war leer.", ["nordwindische"]),
        ("Ich war bei Nord Wint.", ["Nord Wint."]),
        ("Der Wind kam aus dem Norden.", []),
    ],
)
def test_german_bends_and_joins_names(text: str, parts: list[str]) -> None:
    assert found(text, COMPANY, language="de") == parts


def test_a_german_noun_has_a_capital_anyway() -> None:
    rose = word("Rose", "colleague")
    assert found("Ich habe eine Rose gekauft.", rose, language="de") == []
    assert found("Gestern hat Rose angerufen.", rose, language="de") == ["Rose"]


def test_french_swallows_vowels_before_names() -> None:
    assert found("C'est le bureau d'Oakden, je crois.", OAKDEN, language="fr") == ["d'Oakden,"]
    assert found("Chez Renaud Thibault, rien.", word("Thibaut", "colleague"), language="fr") == ["Thibault,"]


def test_a_name_does_not_reach_across_sentences() -> None:
    assert found("I went nord. Wind came up.", COMPANY) == []


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", ""])
def test_every_language_finds_what_is_written_exactly(language: str) -> None:
    assert found("Nordwind.", COMPANY, language=language) == ["Nordwind."]


def test_nothing_protected_or_removed_is_nothing_found() -> None:
    assert found("I left Nordwind.") == []
    assert found("I left Nordwind.", ProtectedWord("Nordwind", is_removed=True)) == []
    assert find(Spoken((), (), "en"), [COMPANY]) == []
    assert find(Spoken(("", "…", "Nordwind"), (0,), "en"), [COMPANY])[0].first == 2


def test_in_writings_without_spaces_or_letters_of_ours_names_are_found_as_they_are() -> None:
    assert found("Ich war bei 北风 und Северный да.", word("北风"), word("Северный"), language="de") == [
        "北风",
        "Северный",
    ]


def test_findings_do_not_overlap_and_come_in_order() -> None:
    said = "Nordwind, Katharine and Nord Wind and Oak Den at Northwind."
    matches = find(spoken(said, "en"), [OAKDEN, COMPANY, word("Nordwind Logistics")])
    places = [place for match in matches for place in range(match.first, match.last + 1)]
    assert places == sorted(set(places))
    assert len(matches) == 5


def test_enough_of_the_labelled_names_is_found_and_little_else() -> None:
    only = {"protected": finders()["protected"]}
    for held_out in (False, True):
        sentences = [said for language in LANGUAGES for said in labelled(language) if said.held_out is held_out]
        tally = overall(t for kind, t in measure(sentences, only).items() if kind == Kind.PROTECTED)
        assert tally.recall >= 0.9
        assert tally.precision >= 0.85


def test_names_that_recur_are_offered_and_others_are_not() -> None:
    said = (
        "I met Tobias Oakden. And then Velmora closed, so Tobias cried. We loved Velmora. I saw Tobias Oakden, Zorro."
    )
    assert suggested([spoken(said, "en")]) == ["Tobias Oakden", "Velmora"]
    assert suggested([spoken(said, "en")], [word("Velmora")]) == ["Tobias Oakden"]
    assert suggested([spoken("We cried. We cried on Monday. On Monday I cried.", "en")]) == []


def test_in_german_only_first_names_are_offered() -> None:
    said = "Ich sah Tobias am Kaffeeautomat. Am Kaffeeautomat stand Tobias."
    assert suggested([spoken(said, "de")]) == ["Tobias"]


@pytest.mark.parametrize("text", ["the weather at blue river was bad", "They closed Blue River today."])
def test_a_name_of_ordinary_words_is_found_however_it_is_written_down(text: str) -> None:
    assert [each.lower() for each in found(text, word("Blue River"))] == ["blue river"]


@pytest.mark.parametrize("text", ["the sky was blue, River said so", "a blue bird over the river"])
def test_ordinary_words_that_do_not_stand_together_are_no_name(text: str) -> None:
    assert "blue" not in " ".join(found(text, word("Blue River"))).lower()


@pytest.mark.parametrize(("text", "part"), [("我 昨天 和张伟在 公司", "和张伟在"), ("昨天和张 伟在", "昨天和张 伟在")])
def test_where_no_spaces_are_written_a_name_is_found_inside_of_what_stands_as_words(text: str, part: str) -> None:
    assert found(text, word("张伟", "colleague"), language="zh") == [part]
