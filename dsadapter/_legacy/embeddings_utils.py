"""``openai.embeddings_utils`` of 0.28. Each function says what it needs when it is called."""

from __future__ import annotations

from typing import Any, List, Sequence

from .datalib import require
from .resources import Embedding

MAX_BATCH = 2048
_METRICS = {"cosine": "cosine", "L1": "cityblock", "L2": "euclidean", "Linf": "chebyshev"}


def get_embedding(
    text: str, engine: str = "text-similarity-davinci-001", **kwargs: Any
) -> List[float]:
    """The embedding of one text."""
    return get_embeddings([text], engine, **kwargs)[0]


async def aget_embedding(
    text: str, engine: str = "text-similarity-davinci-001", **kwargs: Any
) -> List[float]:
    """The async twin of :func:`get_embedding`."""
    return (await aget_embeddings([text], engine, **kwargs))[0]


def get_embeddings(
    list_of_text: Sequence[str], engine: str = "text-similarity-babbage-001", **kwargs: Any
) -> List[List[float]]:
    """The embeddings of up to 2,048 texts; line breaks in them become blanks."""
    response = Embedding.create(input=_lines(list_of_text), engine=engine, **kwargs)
    return [item["embedding"] for item in response["data"]]


async def aget_embeddings(
    list_of_text: Sequence[str], engine: str = "text-similarity-babbage-001", **kwargs: Any
) -> List[List[float]]:
    """The async twin of :func:`get_embeddings`."""
    response = await Embedding.acreate(input=_lines(list_of_text), engine=engine, **kwargs)
    return [item["embedding"] for item in response["data"]]


def _lines(texts: Sequence[str]) -> List[str]:
    if len(texts) > MAX_BATCH:
        raise ValueError(f"{len(texts)} texts; the batch size should not be larger than 2048.")
    return [text.replace("\n", " ") for text in texts]


def cosine_similarity(a: Any, b: Any) -> Any:
    """From -1 (opposite) to 1 (the same direction)."""
    numpy = require("numpy")
    return numpy.dot(a, b) / (numpy.linalg.norm(a) * numpy.linalg.norm(b))


def distances_from_embeddings(
    query_embedding: List[float], embeddings: List[List[float]], distance_metric: str = "cosine"
) -> List[Any]:
    """The distance of each embedding from one, by a metric of scipy's."""
    measure = getattr(require("scipy.spatial.distance"), _METRICS[distance_metric])
    return [measure(query_embedding, embedding) for embedding in embeddings]


def indices_of_nearest_neighbors_from_distances(distances: Any) -> Any:
    """Where the smallest distances stand, nearest first."""
    return require("numpy").argsort(distances)


def pca_components_from_embeddings(embeddings: Any, n_components: int = 2) -> Any:
    """The embeddings in fewer dimensions, by PCA."""
    array = require("numpy").array(embeddings)
    decomposition = require("sklearn.decomposition", "scikit-learn")
    return decomposition.PCA(n_components=n_components).fit_transform(array)


def tsne_components_from_embeddings(embeddings: Any, n_components: int = 2, **kwargs: Any) -> Any:
    """The embeddings in fewer dimensions, by t-SNE."""
    array = require("numpy").array(embeddings)
    options = {"init": "pca", "learning_rate": "auto", **kwargs}
    manifold = require("sklearn.manifold", "scikit-learn")
    return manifold.TSNE(n_components=n_components, **options).fit_transform(array)


def chart_from_components(
    components: Any, labels: Any = None, strings: Any = None, **kwargs: Any
) -> Any:
    """A scatter plot of the first two components."""
    return _chart("scatter", components, ("x", "y"), labels, strings, kwargs)


def chart_from_components_3D(
    components: Any, labels: Any = None, strings: Any = None, **kwargs: Any
) -> Any:
    """A chart (plotly) of components in three dimensions."""
    return _chart("scatter_3d", components, ("x", "y", "z"), labels, strings, kwargs)


def _chart(kind: str, components: Any, axes: Any, labels: Any, strings: Any, options: Any) -> Any:
    titles = [options.pop(f"{axis}_title", f"Component {i}") for i, axis in enumerate(axes)]
    size = options.pop("mark_size", 5)
    columns = {title: components[:, i] for i, title in enumerate(titles)}
    for name, values in (("label", labels), ("string", strings)):
        columns[name] = values if values else [""] * len(components)
    chart = getattr(require("plotly.express"), kind)(
        require("pandas").DataFrame(columns),
        **dict(zip(axes, titles)),
        color="label" if labels else None,
        symbol="label" if labels else None,
        hover_data=["string"] if strings else None,
        **options,
    )
    return chart.update_traces(marker={"size": size})
