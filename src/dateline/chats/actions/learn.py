"""Training the local model on what was decided here."""

from django.conf import settings
from django.db import transaction

from dateline.chats.moderation_entries import ModelTrained
from dateline.chats.moderation_models import TrainedModel
from dateline.chats.moderation_queries import decided_texts
from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account

_KEPT = 5


def train_model(*, by: Account | None, language: str) -> TrainedModel | None:
    """Train the model of a language anew; the last few are kept, so that one can compare.

    The training itself holds no lock: it takes seconds where much was decided.

    Records: ModelTrained, unless there is too little to learn from.
    """
    from dateline.moderation.model.training import (  # noqa: PLC0415 - numpy, not at the start
        MOST_DECISIONS,
        train,
    )

    code = language.partition("-")[0].lower()
    most_false = settings.DATELINE.chat_model_false_holds / 100
    model = train(code, decided_texts(code, limit=MOST_DECISIONS), most_false)
    if model is None:
        return None
    proof = model.evaluation
    with transaction.atomic():
        row = TrainedModel.objects.create(
            language=code,
            at=clock.now(),
            kept=model.to_bytes(),
            threshold=model.threshold,
            precision=proof.precision,
            recall=proof.recall,
            false_holds=proof.false_holds,
            held_out=proof.held_out,
            examples=proof.examples,
            decisions=proof.decisions,
        )
        older = TrainedModel.objects.filter(language=code).order_by("-pk")[_KEPT:]
        TrainedModel.objects.filter(pk__in=[one.pk for one in older]).delete()
        record(ModelTrained(edition="", language=code, decisions=proof.decisions))
    return row
