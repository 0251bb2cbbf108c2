"""The local model: what it learns, proves on unseen lines, may do, and how quick it is."""

from time import thread_time
from zlib import crc32

import numpy as np
import pytest

from dateline.moderation import Draft, Facts, House, Kind, judge
from dateline.moderation.letters import plain
from dateline.moderation.model.examples import LANGUAGES, seeds
from dateline.moderation.model.features import SIZE, features_of
from dateline.moderation.model.trained import SILENT, Model
from dateline.moderation.model.training import MOST_FALSE_HOLDS, train

UNSEEN = {
    "en": [
        ("You are a complete imbecile and a liar, crawl back into your hole.", True),
        ("Write to me in private and get rich, guaranteed profit every day.", True),
        ("Those islanders are animals and should be drowned.", True),
        ("Thank you for the correction, the date was wrong in the morning.", False),
        ("The council should explain the numbers in the budget.", False),
        ("When will the bridge be open again?", False),
    ],
    "ru": [
        ("Ты полный кретин и врун, ползи обратно в нору.", True),
        ("Пишите в личку, гарантированный доход каждый день.", True),
        ("Эти южане — звери, топить их надо.", True),
        ("Спасибо за исправление, утром дата была неверная.", False),
        ("Совет должен объяснить цифры в бюджете.", False),
        ("Когда снова откроют мост?", False),
    ],
    "ar": [
        ("أنت أحمق وكاذب حقير، ازحف إلى حفرتك.", True),
        ("راسلني على الخاص واربح أرباحا مضمونة كل يوم.", True),
        ("هؤلاء الغرباء حيوانات ويجب إغراقهم.", True),
        ("شكرا على التصحيح، كان التاريخ خاطئا في الصباح.", False),
        ("على المجلس أن يشرح الأرقام في الميزانية.", False),
        ("متى يفتح الجسر من جديد؟", False),
    ],
}


@pytest.fixture(scope="module")
def models():
    """Return models that may hold more than a newsroom lets them, so that they say something."""
    return {language: train(language, most_false=0.2) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_seeds_alone_teach_enough(models, language):
    evaluation = models[language].evaluation
    assert evaluation.held_out == evaluation.examples >= 130
    assert evaluation.precision >= 0.75
    assert evaluation.recall >= 0.35


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_seeds_alone_few_harmless_lines_are_held(language):
    evaluation = train(language).evaluation
    assert evaluation.false_holds <= MOST_FALSE_HOLDS
    assert evaluation.precision >= 0.95
    assert evaluation.found > 0


def test_a_model_that_cannot_tell_is_silent_until_decisions_teach_it():
    muddled = [
        (f"Bona tago numero {n} al la tuta mondo", crc32(b"%d" % n) % 2 == 0) for n in range(60)
    ]
    silent = train("eo", muddled)
    assert silent.threshold == SILENT
    assert Model.from_bytes(silent.to_bytes()).threshold == SILENT
    line = Draft("Bona tago numero 4 al la tuta mondo", language="eo")
    assert judge(line, Facts(accepted=99), House(models={"eo": silent})).kind is Kind.ACCEPT
    clear = [(f"La blua skarpo venas denove numero {n}", True) for n in range(200)]
    clear += [(f"La haveno estis malfermita hodiau {n}", False) for n in range(200)]
    learned = train("eo", [*clear, *muddled])
    assert learned.threshold < 1
    assert learned.evaluation.false_holds <= MOST_FALSE_HOLDS
    line = Draft("La blua skarpo venas denove numero 999", language="eo")
    assert judge(line, Facts(accepted=99), House(models={"eo": learned})).phase == "model"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_lines_it_has_never_seen(models, language):
    model = models[language]
    scores = [(model.score(plain(text)), is_bad) for text, is_bad in UNSEEN[language]]
    worst_bad = min(score for score, is_bad in scores if is_bad)
    best_good = max(score for score, is_bad in scores if not is_bad)
    assert worst_bad > best_good


def test_the_same_examples_give_the_same_model(models):
    again = train("en", most_false=0.2)
    assert np.array_equal(again.weights, models["en"].weights)
    assert again.to_bytes() == models["en"].to_bytes()


def test_a_kept_model_is_the_same(models):
    kept = Model.from_bytes(models["ru"].to_bytes())
    assert np.array_equal(kept.weights, models["ru"].weights)
    assert (kept.language, kept.bias, kept.threshold, kept.evaluation) == (
        "ru",
        models["ru"].bias,
        models["ru"].threshold,
        models["ru"].evaluation,
    )
    with pytest.raises(ValueError, match=r"."):
        Model.from_bytes(b"no model")


def test_it_learns_from_what_moderators_decide(models):
    text = plain("The blue scarf people are at it again")
    before = models["en"].score(text)
    decided = [(f"The blue scarf people {n} again", True) for n in range(40)]
    decided += [(f"The green hat people {n} again", False) for n in range(40)]
    after = train("en", decided)
    assert after.score(text) > max(before, 0.5)
    assert after.score(plain("The green hat people are at it again")) < 0.5
    assert after.evaluation.decisions == 80


def test_without_examples_there_is_no_model():
    assert train("eo") is None
    assert train("eo", [("bona tago", False)] * 5) is None
    model = train("eo", [(f"bona tago {n}", False) for n in range(30)])
    assert model is None


def test_it_says_which_words_spoke_for_holding(models):
    reasons = models["en"].reasons(plain("The council met. Crawl back under your rock, liar"))
    words = {reason.words for reason in reasons}
    assert {"crawl", "your"} <= words
    assert not words & {"the", "council", "met."}
    assert [r.weight for r in reasons] == sorted((r.weight for r in reasons), reverse=True)
    assert models["en"].reasons("") == []


def test_reasons_add_up_to_the_score(models):
    model = models["en"]
    text = plain("You pathetic little liar, say it again, liar")
    pulls = model._pull_of_words(features_of(text))
    score = 1 / (1 + np.exp(-(pulls.sum() + model.bias)))
    assert score == pytest.approx(model.score(text), abs=1e-5)


def test_it_can_hold_and_never_rejects(models):
    sure = Model("en", np.full(SIZE, 9, np.float32), 9.0, 0.5, models["en"].evaluation)
    house, facts = House(models={"en": sure}), Facts(accepted=99)
    assert judge(Draft("Good morning."), facts, house).kind is Kind.ACCEPT
    found = judge(Draft("Good morning to all of you here."), facts, house)
    assert (found.kind, found.phase, found.reason) == (Kind.HOLD, "model", "model")
    assert found.score > 0.99
    assert all(note.kind is Kind.HOLD for note in found.notes)


def test_switched_off_it_says_nothing(models):
    line = "Crawl back under your rock, pathetic liar."
    on = judge(Draft(line), Facts(accepted=99), House(models=models))
    off = judge(Draft(line), Facts(accepted=99), House())
    assert (on.kind, off.kind, off.score) == (Kind.HOLD, Kind.ACCEPT, None)


def test_seed_lines_are_written_once_and_for_both_sides():
    for language in LANGUAGES:
        lines = [example.plain for example in seeds(language)]
        assert len(lines) == len(set(lines)) >= 100
        bad = sum(example.is_bad for example in seeds(language))
        assert 0.35 < bad / len(lines) < 0.65


@pytest.mark.parametrize("text", ["", " ", "a", "😀", "\ud800", "x" * 100_000, "a " * 50_000])
def test_odd_texts_have_features(models, text):
    found = features_of(text)
    assert found.places.shape == found.owners.shape
    assert 0 <= models["en"].score(text) <= 1
    assert ((found.places >= 0) & (found.places < SIZE)).all()


def test_judging_takes_less_than_three_milliseconds(models):
    house = House(models=models)
    lines = [f"{'The council met and spoke about the harbour. ' * n}{n}" for n in range(1, 60)]
    judge(Draft(lines[0]), Facts(), house)
    spent = []
    for line in lines:
        began = thread_time()
        judge(Draft(line), Facts(), house)
        spent.append(thread_time() - began)
    assert sorted(spent)[len(spent) // 2] < 0.003
