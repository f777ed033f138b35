"""A store of files that speaks S3, started on the loopback for a module of tests."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import boto3
import pytest

from benchmarks.serving import free_port

BUCKET, ACCESS, SECRET = "jalons-essai", "cle-essai", "un-secret-pour-les-essais"


def client_of(url: str):
    keys = {"aws_access_key_id": ACCESS, "aws_secret_access_key": SECRET}
    return boto3.client("s3", endpoint_url=url, region_name="us-east-1", **keys)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Nanio, which keeps a bucket as a folder and checks every signature."""
    port, folder = free_port(), tmp_path_factory.mktemp("store")
    words = ["--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("nanio")), "serve", *words],
        env={"NANIO_ACCESS_KEY": ACCESS, "NANIO_SECRET_KEY": SECRET},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    for _attempt in range(300):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            break  # it refuses whoever signs nothing
        except OSError:
            time.sleep(0.1)
    client_of(url).create_bucket(Bucket=BUCKET)
    yield url
    process.terminate()
    process.wait(timeout=10)
