"""The reader: multilingual-e5-small's layers reading a question together with a text.

For each token it says three things: whether a short answer begins here, ends here, and how much the sentence
around it is evidence; the first token says whether the text answers at all. The word vectors are not
trained: they are read from the embedder's own weights file, also when the reader runs, so that the trained
part is small.
"""

from typing import Any

import torch
from torch import Tensor, nn

from knowledge.embedding.e5_weights import E5Weights
from knowledge.embedding.torch_models import e5_bert

FROZEN_LAYERS = 4  # the lowest ones: a fifth less work, and what joins the languages stays as it is
_DROPOUT = 0.1


class Reader(nn.Module):
    """Word vectors (b, t, 384), token types (b, t) and mask (b, t) -> answerable (b,), tokens (b, t, 3)."""

    def __init__(self, weights: E5Weights) -> None:
        super().__init__()
        self.bert = e5_bert(weights, torch.float32)
        hidden = weights.shape.hidden
        self.answerable = nn.Linear(hidden, 1)
        self.tokens = nn.Linear(hidden, 3)  # begins, ends, evidence
        for module in self.bert.modules():
            if isinstance(module, nn.Dropout):
                module.p = _DROPOUT
        for layer in self.bert.encoder.layer:
            attention: Any = layer.attention
            attention.self.dropout.p = 0.0  # with it, PyTorch has no fast attention on a processor
        for parameter in self.bert.embeddings.parameters():
            parameter.requires_grad = False
        for layer in self.bert.encoder.layer[:FROZEN_LAYERS]:
            for parameter in layer.parameters():
                parameter.requires_grad = False

    def word_vectors(self, ids: Tensor) -> Tensor:
        """The frozen word vectors of token ids (b, t)."""
        vectors: Tensor = self.bert.embeddings.word_embeddings(ids)
        return vectors

    def forward(self, word_vectors: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Log-odds that the text answers, and three log-odds a token."""
        states: Any = self.bert(
            inputs_embeds=word_vectors, token_type_ids=types, attention_mask=mask
        ).last_hidden_state
        return self.answerable(states[:, 0]).squeeze(-1), self.tokens(states)
