"""The servers that bench/run compares, and a client of them."""

import csv
import hashlib
import hmac
import http.client
import json
import pathlib
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile

from answers import SAMPLES, Sample
from machine import ROOT, SERVER_CORE, TARGET, end, free_port, fresh, on_core, output, run, say, start, wait_for

LOGINS = [f"reseller{i}" for i in range(1, 9)]  # the accounts with most orders
KEYS = {"ec": "ec -pkeyopt ec_paramgen_curve:P-256", "rsa": "rsa:2048", "rsa-3072": "rsa:3072", "rsa-4096": "rsa:4096"}
CODED = 1_000_000_000  # what is added to the numbers of orders with codes


class Https:
    """A client of one server on this host, which accepts any certificate and keeps its connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context())

    def ask(self, method, path, form=None):
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        try:
            self.connection.request(method, path, form, headers)
            response = self.connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return body


def make_keys():
    folder = fresh("keys")
    for name, kind in KEYS.items():
        run("openssl", ["openssl", "req", "-x509", "-newkey", *kind.split(), "-nodes", "-sha256", "-days", "30",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt"])
    return folder


class Certcollect:
    """certcollect with a configuration and a data folder, through its launcher, as a service runs it."""

    def __init__(self, stage, data, keys, more=""):
        self.key = next((key for key in KEYS if stage == "sqlite-" + key), "ec")
        dialect = "1.22" if stage == "sqlite-1.22" else "1.06"
        self.data, self.port, self.config = data, free_port(), TARGET / f"{stage}.properties"
        self.config.write_text(f"listen.host=127.0.0.1\nhttps.port={self.port}\nhttp.port=off\ntls.profile=modern\n"
                               f"collect.dialect={dialect}\n"
                               f"tls.certificate={keys / self.key}.crt\ntls.key={keys / self.key}.key\n{more}")

    def command(self, *verb):
        return [ROOT / "certcollect", *verb, "--config", self.config, "--data", self.data]

    def serve(self, core=SERVER_CORE):
        return start("certcollect", on_core(core, self.command("serve")))

    def fill(self, orders):
        """Fills the store, unless an earlier run did with as many orders and the same first ones, and returns the
        password of the accounts that are asked for."""
        complete, password = self.data / "bench-complete", self.data / "bench-password"
        first = output([ROOT / "bench/generate", SAMPLES])
        mark = f"{orders} {hashlib.sha256(first.encode()).hexdigest()}"
        if not complete.exists() or complete.read_text() != mark:
            say(f"importing {orders:,} orders")
            shutil.rmtree(self.data, ignore_errors=True)
            self.data.mkdir(parents=True)
            # A server refuses to start without the key of the collection codes that the orders bring.
            for file in (self.data / "collection-codes.key", password):
                file.touch(0o600)
                file.write_text(secrets.token_hex(32))
            pipe = f'"{ROOT}/bench/generate" {orders} | "$@"'
            run("import", on_core("0,1", ["sh", "-c", pipe, "sh", *self.command("import", "-")]))
            for login in LOGINS:
                run("import", self.command("account", "password", login, "--password-file", password))
            complete.write_text(mark)
        return password.read_text()

    def issued(self, login):
        """The first of the account's issued orders for server certificates."""
        listed = output(self.command("order", "list", "--csv", "--account", login, "--state", "issued",
                                     "--product", "ssl", "--limit", "400"))
        return [Sample(int(row[0]), login) for row in list(csv.reader(listed.splitlines()))[1:]]


    def codes(self):
        """Imports orders with collection codes, unless an earlier run did, and returns the codes."""
        first, *lines = output([ROOT / "bench/generate", 10 * SAMPLES]).splitlines()
        orders = [order for order in map(json.loads, lines)
                  if order.get("product") == "ccc" and order["state"] == "issued"][:SAMPLES]
        for order in orders:
            del order["codeHash"]
            order["number"] += CODED
            order["code"] = f"CODE{order['number']}"
        file = TARGET / "codes.jsonl"
        file.write_text("\n".join([first, *map(json.dumps, orders)]) + "\n")
        run("import", on_core("0,1", self.command("import", file)))
        return [order["code"] for order in orders]


class Nginx:
    """nginx with the answers as files. Of each key's two ports one has an access log, as certcollect has."""

    def __init__(self, keys):
        folder = fresh("nginx")
        self.www, self.logging, self.silent, servers = folder / "www", {}, {}, ""
        self.www.mkdir()
        (self.www / "ready").write_text("ready")
        for key in KEYS:
            for ports, log in ((self.logging, "access.log combined buffer=64k"), (self.silent, "off")):
                ports[key] = free_port()
                servers += f"""
  server {{
    listen 127.0.0.1:{ports[key]} ssl backlog=4096;
    ssl_certificate {keys / key}.crt;
    ssl_certificate_key {keys / key}.key;
    access_log {log};
    location /php/ {{
      fastcgi_pass unix:{TARGET}/php.sock;
      fastcgi_param SCRIPT_FILENAME {ROOT}/bench/php/collect.php;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param SETTINGS {TARGET}/php-settings.php;
    }}
  }}"""
        (folder / "nginx.conf").write_text(f"""user root;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 4096; }}
http {{
  default_type text/plain;
  client_body_temp_path client;
  fastcgi_temp_path fastcgi;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=10000 inactive=1h;
  open_file_cache_valid 1h;
  ssl_protocols TLSv1.3;
  ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
  ssl_ecdh_curve X25519;
  ssl_session_tickets on;
  root {self.www};{servers}
}}
""")
        self.process = start("nginx", on_core(SERVER_CORE, [
            "nginx", "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf", "-g", "daemon off;"]))
        wait_for(self.process, lambda: Https(self.logging["ec"]).ask("GET", "/ready"))


def fingerprinted(password):
    """A new key, and the HMAC of the password with it, in hexadecimal digits."""
    key = secrets.token_hex(32)
    return key, hmac.new(key.encode(), password.encode(), hashlib.sha256).hexdigest()


def start_php(data, password):
    """The same job as a script on the same SQLite store, run by PHP after nginx."""
    listener = TARGET / "php.sock"
    listener.unlink(missing_ok=True)
    key, fingerprint = fingerprinted(password)
    logins = ", ".join(f"'{login}' => '{fingerprint}'" for login in LOGINS)
    (TARGET / "php-settings.php").write_text(
        f"<?php return ['database' => '{data}/certcollect.sqlite', 'key' => '{key}', 'logins' => [{logins}]];\n")
    (TARGET / "php-fpm.conf").write_text(
        f"[global]\nerror_log = {TARGET}/php.log\ndaemonize = no\n"
        f"[collect]\nuser = root\ngroup = root\nlisten = {listener}\npm = static\npm.max_children = 8\n")
    program = next(pathlib.Path("/usr/sbin").glob("php-fpm*"))
    process = start("php", on_core(SERVER_CORE, [program, "-F", "-R", "-y", TARGET / "php-fpm.conf"]))
    wait_for(process, listener.stat)
    return process


class SpringBoot:
    """The same job as a Spring Boot program on the same SQLite store, with the JVM's and Spring's default settings."""

    PROJECT = ROOT / "bench/spring"
    JAR = PROJECT / "target/peer.jar"

    def __init__(self, java, data, tls, password):
        self.build()
        self.java, self.port, self.config = java, free_port(), TARGET / "spring-boot.properties"
        key, fingerprint = fingerprinted(password)
        logins = "".join(f"collect.logins.{login}={fingerprint}\n" for login in LOGINS)
        self.config.touch(0o600)
        self.config.write_text(f"server.port={self.port}\nserver.tomcat.basedir={fresh('spring-boot')}\n"
                               f"server.ssl.certificate={tls}.crt\nserver.ssl.certificate-private-key={tls}.key\n"
                               f"spring.datasource.url=jdbc:sqlite:{data}/certcollect.sqlite\n"
                               f"collect.key={key}\n{logins}")

    def build(self):
        """Builds the program, unless an earlier run did and its sources have not changed since."""
        sources = [self.PROJECT / "pom.xml", *(file for file in self.PROJECT.glob("src/**/*") if file.is_file())]
        if not self.JAR.exists() or self.JAR.stat().st_mtime < max(file.stat().st_mtime for file in sources):
            say("building the Spring Boot program")
            run("spring-boot-build", ["mvn", "-q", "-B", "-f", self.PROJECT / "pom.xml", "clean", "package"])

    def serve(self):
        return start("spring-boot", on_core(SERVER_CORE, [self.java, "-jar", self.JAR,
                                                     f"--spring.config.additional-location={self.config}"]))


class Postgres:
    """PostgreSQL as Debian has it, on the load's core. It refuses to run as root."""

    def __init__(self):
        self.folder = fresh("postgresql")
        if subprocess.run(["test", "-x", self.folder], user="postgres").returncode:
            self.folder = pathlib.Path(tempfile.mkdtemp(prefix="certcollect-bench-"))
        shutil.chown(self.folder, "postgres")
        self.secret, self.port = self.folder / "secret", free_port()
        self.secret.touch(0o600)
        self.secret.write_text(secrets.token_hex(16))
        shutil.chown(self.secret, "postgres")
        self.programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        data, own = self.folder / "database", {"user": "postgres", "cwd": self.folder}
        run("postgresql", [self.programs / "initdb", "-D", data, "-U", "bench", "-A", "scram-sha-256",
                           "-E", "UTF8", "--locale", "C.UTF-8", "--pwfile", self.secret, "--no-sync"], **own)
        settings = ["shared_buffers=512MB", "max_wal_size=4GB", "fsync=off", "full_page_writes=off", "autovacuum=off",
                    "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}"]
        self.process = start("postgresql", [self.programs / "postgres", "-D", data,
                                            *(word for setting in settings for word in ("-c", setting))], **own)
        wait_for(self.process, lambda: socket.create_connection(("127.0.0.1", self.port)).close())
        self.config = (f"store.url=jdbc:postgresql://127.0.0.1:{self.port}/postgres\nstore.user=bench\n"
                       f"store.password-file={self.secret}\nstore.deadline=30s\n")

    def vacuum(self):
        run("postgresql", ["env", f"PGPASSWORD={self.secret.read_text()}", self.programs / "psql", "-h", "127.0.0.1",
                           "-p", str(self.port), "-U", "bench", "-c", "VACUUM ANALYZE", "postgres"])

    def close(self):
        self.process.send_signal(signal.SIGINT)  # at once, but in order
        self.process.wait()
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)
