"""Makes records like real ones where none lie beside the checkout: the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

_WORDS = [
    "adaptive",
    "analysis",
    "attention",
    "bayesian",
    "bounds",
    "causal",
    "clusters",
    "codes",
    "coherent",
    "compression",
    "control",
    "convergence",
    "convex",
    "coupling",
    "data",
    "decoding",
    "dense",
    "detection",
    "diffusion",
    "dynamics",
    "efficient",
    "embedding",
    "energy",
    "entropy",
    "equations",
    "estimation",
    "evaluation",
    "features",
    "fields",
    "flow",
    "forecasting",
    "games",
    "gradient",
    "graphs",
    "hierarchical",
    "images",
    "inference",
    "kernels",
    "language",
    "latent",
    "lattices",
    "learning",
    "limits",
    "linear",
    "local",
    "manifolds",
    "matching",
    "measures",
    "memory",
    "metrics",
    "models",
    "multiscale",
    "networks",
    "neural",
    "noise",
    "nonlinear",
    "operators",
    "optimal",
    "optimisation",
    "parallel",
    "planning",
    "policies",
    "prediction",
    "priors",
    "processes",
    "programs",
    "protein",
    "quantum",
    "random",
    "ranking",
    "reasoning",
    "recognition",
    "regression",
    "reinforcement",
    "representations",
    "retrieval",
    "robust",
    "sampling",
    "scaling",
    "search",
    "segmentation",
    "sequences",
    "signals",
    "simulation",
    "sparse",
    "spectral",
    "speech",
    "stability",
    "statistics",
    "stochastic",
    "structure",
    "summaries",
    "surfaces",
    "systems",
    "temporal",
    "tensors",
    "text",
    "theory",
    "tokens",
    "tracking",
    "training",
    "transfer",
    "transformers",
    "trees",
    "uncertainty",
    "variational",
    "video",
    "vision",
    "waves",
]
_GIVEN = (
    "Ada",
    "Bao",
    "Chiara",
    "Dmitri",
    "Élise",
    "Farid",
    "Gudrun",
    "Hiro",
    "Inés",
    "João",
    "Kwame",
    "Leila",
)
_FAMILY = ("Abe", "Brandt", "Costa", "Dubois", "Eze", "Fischer", "Gupta", "Hansen", "Ito", "Jansen", "Kim", "Li",
           "Moreau", "Novák", "Okafor", "Park", "Quiroga", "Rossi", "Šimek", "Tanaka", "Ueda", "Vega", "Wang", "Zhou")  # fmt: skip
_CATEGORIES = (
    "cs.CL",
    "cs.CV",
    "cs.LG",
    "cs.RO",
    "math.PR",
    "quant-ph",
    "astro-ph.GA",
    "stat.ML",
    "eess.SP",
)
_FORMULAS = (
    "$O(n \\log n)$",
    "$\\alpha < 1$",
    "$x_i^2 + y_j$",
    "$\\mathcal{L}(\\theta)$",
    "$\\epsilon$-close",
)


def made_up_records(count: int) -> Iterator[dict[str, Any]]:
    """Yield so many records in the shape of arXiv's bulk metadata; a seed makes them the same each time."""
    chance = random.Random(2026)  # noqa: S311 - nothing secret hangs on it
    for number in range(count):
        year, month = 2016 + number % 10, 1 + number % 12
        primary = chance.choice(_CATEGORIES)
        yield {
            "id": f"{year % 100:02}{month:02}.{number % 100_000:05}",
            "title": _sentence(chance, chance.randint(4, 14)).rstrip("."),
            "abstract": " ".join(
                _sentence(chance, chance.randint(8, 24)) for _ in range(chance.randint(5, 9))
            ),
            "authors": [
                f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
                for _ in range(1 + min(int(chance.expovariate(0.25)), 60))
            ],
            "categories": sorted({primary, chance.choice(_CATEGORIES)}),
            "primary_category": primary,
            "published": f"{year}-{month:02}-{1 + number % 28:02}",
        }


def _sentence(chance: random.Random, length: int) -> str:
    # Words are as rare as in texts: the n-th is used about 1/n as often as the first.
    words = [_WORDS[min(int(chance.paretovariate(0.7)), len(_WORDS)) - 1] for _ in range(length)]
    if chance.random() < 0.2:
        words.insert(len(words) // 2, chance.choice(_FORMULAS))
    return " ".join(words).capitalize() + "."
