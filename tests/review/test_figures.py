"""Which figures say much about somebody: money, days of birth, accounts."""

import pytest

from duskreel.review import figures
from review.finding import found


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("I got 85k.", "en", "85k"),
        ("They offered eighty five grand and I said no.", "en", "eighty five grand"),
        ("I make 72,000 before taxes.", "en", "72,000"),
        ("It was a hundred and twenty thousand dollars.", "en", "hundred and twenty thousand dollars"),
        ("They gave us six weeks of severance.", "en", "six weeks of severance"),
        ("I get 25 dollars an hour.", "en", "25 dollars an hour"),
        ("I owe my brother fifty bucks.", "en", "fifty bucks"),
        ("Ich bekomme zwölftausend Euro brutto.", "de", "zwölftausend Euro brutto"),
        ("Es waren drei Monatsgehälter.", "de", "drei Monatsgehälter"),
        ("Je gagne deux mille trois cents euros.", "fr", "deux mille trois cents euros"),
    ],
)
def test_pay_severance_and_debts_are_found(text: str, language: str, amount: str) -> None:
    assert found(figures.find, text, language) == [("money", amount)]


def test_severance_told_in_months_and_in_money_is_two_findings() -> None:
    text = "I got three months' severance, about $24,000."
    assert found(figures.find, text) == [("money", "three months' severance"), ("money", "$24,000")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The coffee was four dollars.", "en"),
        ("I made 4000 cookies that year.", "en"),
        ("I made it through 2020.", "en"),
        ("I ran a 5k and watched it in 4K.", "en"),
        ("I have a million things to do.", "en"),
        ("There were three months of silence.", "en"),
        ("Just my 2 cents.", "en"),
        ("Das waren fünf Euro fürs Eis.", "de"),
        ("Ich hab tausend Sachen im Kopf.", "de"),
        ("J'ai mille choses à faire.", "fr"),
    ],
)
def test_counts_idioms_and_small_prices_are_no_money(text: str, language: str) -> None:
    assert found(figures.find, text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("I was born on May 4th 1989.", "en", "May 4th 1989"),
        ("My birthday is the third of June.", "en", "the third of June"),
        ("My date of birth is 04/05/1989.", "en", "04/05/1989"),
        ("I was born on the twenty first of March.", "en", "the twenty first of March"),
        ("My birthday? May 4th.", "en", "May 4th"),
        ("Ich bin am vierten Mai neunzehnhundertneunundachtzig geboren.", "de",
         "vierten Mai neunzehnhundertneunundachtzig"),
        ("Mon anniversaire est le trois juin.", "fr", "le trois juin"),
    ],
)  # fmt: skip
def test_a_day_of_birth_is_found(text: str, language: str, day: str) -> None:
    assert found(figures.find, text, language) == [("birth", day)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It's my birthday next week.", "en"),
        ("I was born in 1989.", "en"),
        ("My birthday is in May.", "en"),
        ("On June 3rd we met.", "en"),
        ("Ich bin Jahrgang 89.", "de"),
        ("C'est mon anniversaire de mariage, le trois juin.", "fr"),
    ],
)
def test_a_year_an_age_and_other_days_are_no_day_of_birth(text: str, language: str) -> None:
    assert found(figures.find, text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("My card number is 4111 1111 1111 1111.", "en", "4111 1111 1111 1111"),
        ("Four one one one, one one one one, one one one one, one one one one.", "en",
         "Four one one one, one one one one, one one one one, one one one one"),
        ("My IBAN is D E 4 4 5 0 0 1 0 5 1 7.", "en", "D E 4 4 5 0 0 1 0 5 1 7"),
        ("My employee number 48213 still works.", "en", "48213"),
        ("48213 was my badge number.", "en", "48213"),
        ("My PIN is 4 4 2 1.", "en", "4 4 2 1"),
        ("The password is hunter two.", "en", "hunter two"),
        ("My social is 123-45-6789.", "en", "123-45-6789"),
        ("Mein Passwort ist Sonnenblume sieben.", "de", "Sonnenblume sieben"),
        ("Le code de la porte c'est 45 A 12.", "fr", "45 A 12"),
    ],
)  # fmt: skip
def test_numbers_and_words_that_open_something_are_found(text: str, language: str, value: str) -> None:
    assert found(figures.find, text, language) == [("account", value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The password was wrong again.", "en"),
        ("I forgot my password and my PIN.", "en"),
        ("My card was declined at 2 pm.", "en"),
        ("My account has 300 followers.", "en"),
        ("The pin is in the map.", "en"),
        ("Das Passwort war falsch.", "de"),
        ("Le mot de passe était faux.", "fr"),
    ],
)
def test_talk_of_accounts_without_a_value_is_clean(text: str, language: str) -> None:
    assert found(figures.find, text, language) == []
