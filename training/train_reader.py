"""Train the reader: `python -m training.train_reader --out FOLDER`, an hour or two on two cores.

Seeded and repeatable on one machine and thread count. What was held out (`ReadingExample.held_out`) sets
nothing; its figures are printed at the end of each epoch.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from knowledge.embedding.e5_embedder import installed_weights
from knowledge.embedding.e5_tokenizer import E5Tokenizer
from knowledge.embedding.e5_weights import read_e5_weights
from training.encoding import EncodedExample, encode
from training.examples import all_examples
from training.reader_model import Reader

SEED = 2026
BATCH_TOKENS = 3200
LEARNING_RATE, HEAD_RATE = 7e-5, 1e-3
WARM_UP = 0.06
WITHOUT_TITLE = 0.4  # share of readings that are shown no title


def main(words: Sequence[str] | None = None) -> int:
    """Train and save `reader.pt` (trained tensors only) and `figures.json` into the folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--start", type=Path, help="a reader.pt to go on from")
    parser.add_argument("--share", type=float, default=1.0, help="of the public examples, at random")
    parser.add_argument("--policy-repeats", type=int, default=1, help="readings of each policy question")
    parser.add_argument("--public-data", type=Path, default=os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA"))
    options = parser.parse_args(words)
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(SEED)
    torch.manual_seed(SEED)
    weights = read_e5_weights(installed_weights())
    tokens = E5Tokenizer(weights.vocabulary, weights.shape.positions)
    draw = random.Random(SEED)  # noqa: S311 (training order)
    examples = all_examples(Path(options.public_data))
    chosen = [
        example
        for example in examples
        if not example.held_out
        for _ in range(options.policy_repeats if example.source == "policy" else 1)
        if example.source == "policy" or draw.random() < options.share
    ]
    known = [encode(e, tokens, draw, with_title=draw.random() > WITHOUT_TITLE) for e in chosen]
    unknown = [encode(e, tokens, draw, with_title=True) for e in examples if e.held_out]
    model = Reader(weights)
    if options.start:
        model.load_state_dict(torch.load(options.start, weights_only=True), strict=False)
    rates = [
        {"params": [p for p in model.bert.parameters() if p.requires_grad], "lr": LEARNING_RATE},
        {"params": [*model.answerable.parameters(), *model.tokens.parameters()], "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(rates, weight_decay=0.01)
    epochs = [_batches(known, draw) for _ in range(options.epochs)]
    steps, step = sum(map(len, epochs)), 0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / (WARM_UP * steps)) * max(0.02, 1 - s / steps)
    )
    start = time.monotonic()
    for number, batches in enumerate(epochs, start=1):
        model.train()
        for batch in batches:
            loss = _loss(model, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 25 == 0:
                sys.stdout.write(f"{step}/{steps} loss {loss.item():.3f} {time.monotonic() - start:.0f} s\n")
                sys.stdout.flush()
        figures = evaluate(model, unknown)
        sys.stdout.write(json.dumps({"epoch": number, **figures}) + "\n")
        sys.stdout.flush()
        trained = {name: t for name, t in model.state_dict().items() if "word_embeddings" not in name}
        torch.save(trained, options.out / "reader.pt")
        (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def _batches(examples: Sequence[EncodedExample], draw: random.Random) -> list[list[EncodedExample]]:
    """Batches of alike lengths, in random order: little padding."""
    order = sorted(examples, key=lambda one: len(one.ids) + draw.random() * 40)
    batches: list[list[EncodedExample]] = [[]]
    for one in order:
        if (len(batches[-1]) + 1) * len(one.ids) > BATCH_TOKENS and batches[-1]:
            batches.append([])
        batches[-1].append(one)
    draw.shuffle(batches)
    return batches


def _padded(batch: Sequence[EncodedExample], name: str, padding: int) -> Tensor:
    rows = [torch.from_numpy(getattr(one, name).astype(np.int64)) for one in batch]
    return pad_sequence(rows, batch_first=True, padding_value=padding)


def _read(model: Reader, batch: Sequence[EncodedExample]) -> tuple[Tensor, Tensor]:
    ids, types = _padded(batch, "ids", 1), _padded(batch, "types", 0)
    mask = (ids != 1).long()
    with torch.autocast("cpu", torch.bfloat16):
        answerable, tokens = model(model.word_vectors(ids), types, mask)
    return answerable.float(), tokens.float()


def _sentence_means(evidence: Tensor, owners: Tensor, count: int) -> Tensor:
    return torch.stack([evidence[owners == i].mean() for i in range(count)])


def _loss(model: Reader, batch: Sequence[EncodedExample]) -> Tensor:
    answerable, tokens = _read(model, batch)
    wanted = torch.tensor([one.answerable for one in batch])
    loss = functional.binary_cross_entropy_with_logits(answerable, wanted)
    sentence_losses = []
    for row, one in enumerate(batch):
        known = ~np.isnan(one.evidence)
        if known.any():
            logits = _sentence_means(
                tokens[row, : len(one.ids), 2], torch.from_numpy(one.owners), len(known)
            )[torch.from_numpy(known)]
            right = torch.from_numpy(one.evidence[known])
            # Of many sentences few answer: those that do count double.
            sentence_losses.append(
                functional.binary_cross_entropy_with_logits(logits, right, weight=1 + right)
            )
    if sentence_losses:
        loss = loss + torch.stack(sentence_losses).mean()
    rows = [i for i, one in enumerate(batch) if one.span is not None]
    if rows:
        types = _padded([batch[i] for i in rows], "types", 0)
        width = types.shape[1]
        open_to = types == 1
        open_to[:, 0] = True  # the first token stands for "no short answer"
        for which in (0, 1):
            logits = tokens[rows, :width, which].masked_fill(~open_to, -1e4)
            target = torch.tensor([span[which] for i in rows if (span := batch[i].span)])
            loss = loss + 0.5 * functional.cross_entropy(logits, target)
    return loss


@torch.no_grad()
def evaluate(model: Reader, examples: Sequence[EncodedExample]) -> dict[str, dict[str, float]]:
    """For each source: AUROC of `answerable` and how often the best sentence is evidence."""
    model.eval()
    scores: dict[str, list[tuple[float, float, float]]] = {}
    first: dict[str, list[bool]] = {}
    for batch in _in_length_order(examples):
        answerable, tokens = _read(model, batch)
        for row, one in enumerate(batch):
            known = ~np.isnan(one.evidence)
            best = -9.0
            if known.any():
                means = _sentence_means(
                    tokens[row, : len(one.ids), 2], torch.from_numpy(one.owners), len(known)
                ).numpy()
                means = np.where(known, means, -99)
                best = float(means.max())
                if one.answerable and np.nanmax(one.evidence) > 0:
                    first.setdefault(one.source, []).append(bool(one.evidence[means.argmax()] > 0))
            scores.setdefault(one.source, []).append((float(answerable[row]), best, one.answerable))
    figures = {}
    for source, rows in scores.items():
        table: NDArray[np.float64] = np.array(rows)
        right = table[:, 2]
        guess = table[:, 0] > 0
        figures[source] = {
            "examples": len(table),
            "AUROC": round(float(roc_auc_score(right, table[:, 0])), 4),
            "AUROC of the best sentence": round(float(roc_auc_score(right, table[:, 1])), 4),
            "balanced accuracy": round(float((guess[right > 0].mean() + (~guess[right == 0]).mean()) / 2), 4),
            "best sentence is evidence": round(float(np.mean(first.get(source, [np.nan]))), 4),
        }
    return figures


def _in_length_order(examples: Sequence[EncodedExample]) -> Iterator[list[EncodedExample]]:
    order = sorted(examples, key=lambda one: len(one.ids))
    for start in range(0, len(order), 16):
        yield order[start : start + 16]


if __name__ == "__main__":
    sys.exit(main())
