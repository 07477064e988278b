# The service in a container: docs/operations.md, "In a container".
FROM docker.io/library/python:3.13-slim

# What is locked first: a new version of ours alone builds in seconds.
WORKDIR /usr/local/src/syndicator
COPY requirements/build.txt requirements/run.txt requirements/
RUN python3 -m venv /opt/syndicator \
    && /opt/syndicator/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && /opt/syndicator/bin/pip install --no-cache-dir --require-hashes --no-build-isolation -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/syndicator/bin/pip install --no-cache-dir --no-deps --no-build-isolation .
ENV PATH=/opt/syndicator/bin:$PATH

# A configuration to start from, where none is mounted. Inside, all interfaces are listened on: outside, the port's
# mapping says who may come.
WORKDIR /srv
RUN syndicator init config \
    && sed -i 's/^#listen = .*/listen = ":8008"/' config/syndicator.toml \
    && syndicator check \
    && useradd --uid 8008 --no-create-home --home-dir /srv syndicator \
    && install -d -o syndicator -g syndicator var
USER syndicator
VOLUME /srv/var
EXPOSE 8008
HEALTHCHECK --start-period=60s CMD ["python3", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8008/healthz', timeout=5)"]
ENTRYPOINT ["syndicator"]
CMD ["run"]
