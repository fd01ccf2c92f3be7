/*
 * A load client on BoringSSL: keeps some connections to a server on 127.0.0.1 busy for some seconds, from one
 * thread, and prints what came of it as one line of numbers.
 *
 *   load MODE PORT CONNECTIONS SECONDS TARGETS [RATE]
 *
 * MODE     keep    each connection serves for all its requests
 *          new     a connection with a full TLS handshake for each request
 *          resume  a connection with a resumed TLS session for each request
 * TARGETS  a file, a line each, of which every line stands for one request, in turn:
 *          method, path, body, and the length that the answer's body must have, divided by tabs
 * RATE     the requests a second, spread evenly, unless all connections are busy; as many as possible without it
 *
 * Prints: requests a second, errors, p50 and p99 in microseconds, and the share of resumed handshakes.
 * The time of a request runs from the connect (mode keep: from the first byte written) to the last byte read.
 * An answer that is not "200" or has another length is an error; so is a connection that breaks, and one that is not
 * TLS 1.3 with X25519 and AES-128-GCM: all servers are to do the same work. A server that says "Connection: close" in
 * an answer may close: mode keep then connects again. So may one whose connection has served before and is idle: a
 * request that finds it closed, without a byte of an answer, is sent again on a new connection, as curl does.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ecdsa.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum mode { KEEP, NEW, RESUME };
enum state { CLOSED, IDLE, CONNECTING, HANDSHAKE, WRITING, READING };

struct target {
  char *bytes;
  int length;
  long answer;
};

struct connection {
  SSL *ssl;
  SSL_SESSION *session;
  int fd;
  enum state state;
  const struct target *target;
  int written;
  uint64_t start;
  char head[4096];
  int head_length; /* until the head is complete; then -1 */
  long body_left;
  int closes; /* whether the server closes behind this answer */
  int served; /* whether it has had an answer */
  struct connection *next; /* in the queue of those that wait for their turn */
};

static enum mode mode;
static struct sockaddr_in address;
static SSL_CTX *context;
static int epoll;
static struct target *targets;
static int target_count, next_target;
static long done, errors, resumed, handshakes;

/* With a rate: the time between two requests, when the next one begins, and the connections that may begin it. */
static uint64_t interval, next_start;
static struct connection *first_waiting, **last_waiting = &first_waiting;

/* Buckets of 1/64 of a power of two: a percentile is right to 1.6 %. */
#define STEPS 64
static long histogram[64 * STEPS];

/*
 * Stands before the library's own: a load client need not know whom it talks to, and Debian's BoringSSL has no
 * assembler for P-256, so that checking the server's signatures would take longer than making them.
 */
int ECDSA_verify(int type, const uint8_t *digest, size_t length, const uint8_t *signature, size_t signature_length,
                 const EC_KEY *key) {
  (void)type, (void)digest, (void)length, (void)signature, (void)signature_length, (void)key;
  return 1;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void count(uint64_t nanos) {
  int shift = 63 - __builtin_clzll(nanos | STEPS);
  int step = (int)((nanos >> (shift - 6)) & (STEPS - 1));
  histogram[shift * STEPS + step]++;
}

static double percentile(double share) {
  long all = 0, seen = 0;
  for (int i = 0; i < 64 * STEPS; i++) all += histogram[i];
  for (int i = 0; i < 64 * STEPS; i++) {
    seen += histogram[i];
    if (all > 0 && (double)seen >= share * (double)all) {
      int shift = i / STEPS;
      return (double)(((uint64_t)(STEPS + i % STEPS)) << (shift - 6)) / 1000.0;
    }
  }
  return 0;
}

static int keep_session(SSL *ssl, SSL_SESSION *session) {
  struct connection *c = SSL_get_app_data(ssl);
  if (c->session) SSL_SESSION_free(c->session);
  c->session = session;
  return 1;
}

static void watch(struct connection *c, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(epoll, operation, c->fd, &event) < 0) fail("epoll_ctl");
}

static void begin_request(struct connection *c) {
  c->target = &targets[next_target];
  next_target = (next_target + 1) % target_count;
  c->written = 0;
  c->head_length = 0;
  c->closes = 0;
}

static void begin_connection(struct connection *c) {
  int on = 1;
  c->served = 0;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) fail("socket");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  c->start = now();
  if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) fail("connect");
  c->ssl = SSL_new(context);
  SSL_set_fd(c->ssl, c->fd);
  SSL_set_app_data(c->ssl, c);
  if (mode == RESUME && c->session) SSL_set_session(c->ssl, c->session);
  SSL_set_connect_state(c->ssl);
  c->state = CONNECTING;
  begin_request(c);
  watch(c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void end_connection(struct connection *c) {
  SSL_set_quiet_shutdown(c->ssl, 1);
  SSL_shutdown(c->ssl);
  SSL_free(c->ssl);
  close(c->fd);
  c->state = CLOSED;
}

static void wait_for_turn(struct connection *c) {
  if (c->state != CLOSED) c->state = IDLE;
  c->next = NULL;
  *last_waiting = c;
  last_waiting = &c->next;
}

/* Begins the next request on a new connection: at once, or with a rate when its turn comes. */
static void connect_next(struct connection *c) {
  end_connection(c);
  if (interval) {
    wait_for_turn(c);
  } else {
    begin_connection(c);
  }
}

static void broken(struct connection *c) {
  /* The request is sent again; next_target goes on. */
  const struct target *again = c->served && c->head_length == 0 ? c->target : NULL;
  if (!again) {
    errors++;
    connect_next(c);
    return;
  }
  end_connection(c);
  begin_connection(c);
  c->target = again;
}

static int is_as_agreed(const SSL *ssl) {
  static int told;
  int agreed = SSL_version(ssl) == TLS1_3_VERSION && SSL_get_curve_id(ssl) == SSL_CURVE_X25519 &&
               SSL_CIPHER_get_id(SSL_get_current_cipher(ssl)) == TLS1_CK_AES_128_GCM_SHA256;
  if (!agreed && !told++) {
    fprintf(stderr, "the server chose %s, %s\n", SSL_get_version(ssl), SSL_get_cipher_name(ssl));
  }
  return agreed;
}

/* Whether the head is whole: then the length of the body is known. Body bytes behind it are counted. */
static int read_head(struct connection *c, const char *bytes, int length) {
  int before = c->head_length, room = (int)sizeof c->head - 1 - before;
  int taken = length < room ? length : room;
  memcpy(c->head + before, bytes, (size_t)taken);
  c->head_length += taken;
  c->head[c->head_length] = 0;
  char *end = strstr(c->head, "\r\n\r\n");
  if (!end) return taken < length ? -1 : 0;
  long body = -1;
  for (char *line = strstr(c->head, "\r\n"); line < end; line = strstr(line + 2, "\r\n")) {
    if (strncasecmp(line + 2, "content-length:", 15) == 0) body = atol(line + 17);
    if (strncasecmp(line + 2, "connection: close", 17) == 0) c->closes = 1;
  }
  if (strncmp(c->head, "HTTP/1.1 200", 12) != 0 || body != c->target->answer) return -1;
  c->body_left = body - (length - (end + 4 - c->head - before));
  c->head_length = -1;
  return 1;
}

/* 1: the answer is whole; 0: more is to come; -1: it is wrong. */
static int take(struct connection *c, const char *bytes, int length) {
  if (c->head_length >= 0) {
    int whole = read_head(c, bytes, length);
    if (whole <= 0) return whole;
  } else {
    c->body_left -= length;
  }
  return c->body_left < 0 ? -1 : c->body_left == 0;
}

/* Goes on as far as it can without waiting; what it waits for then is watched. */
static void go_on(struct connection *c) {
  static char buffer[65536];
  if (c->state == IDLE) {
    /* A server that closes it leaves it in the queue; a late session ticket is no answer. */
    int read = SSL_read(c->ssl, buffer, sizeof buffer);
    if (read > 0 || SSL_get_error(c->ssl, read) != SSL_ERROR_WANT_READ) end_connection(c);
    return;
  }
  while (1) {
    int result = 0;
    if (c->state == CONNECTING) {
      int error = 0;
      socklen_t size = sizeof error;
      getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error) {
        broken(c);
        return;
      }
      c->state = HANDSHAKE;
      continue;
    }
    if (c->state == HANDSHAKE) {
      result = SSL_do_handshake(c->ssl);
      if (result == 1) {
        if (!is_as_agreed(c->ssl)) {
          broken(c);
          return;
        }
        handshakes++;
        resumed += SSL_session_reused(c->ssl);
        c->state = WRITING;
        continue;
      }
    } else if (c->state == WRITING) {
      result = SSL_write(c->ssl, c->target->bytes + c->written, c->target->length - c->written);
      if (result > 0) {
        c->written += result;
        if (c->written == c->target->length) {
          c->state = READING;
          watch(c, EPOLL_CTL_MOD, EPOLLIN);
          return;
        }
        continue;
      }
    } else {
      result = SSL_read(c->ssl, buffer, sizeof buffer);
      if (result > 0) {
        int whole = take(c, buffer, result);
        if (whole < 0) {
          broken(c);
          return;
        }
        if (whole > 0) {
          done++;
          count(now() - c->start);
          c->served = 1;
          if (mode != KEEP || c->closes) {
            connect_next(c);
            return;
          }
          if (interval) {
            wait_for_turn(c);
            return;
          }
          begin_request(c);
          c->start = now();
          c->state = WRITING;
          continue;
        }
        continue;
      }
    }
    switch (SSL_get_error(c->ssl, result)) {
      case SSL_ERROR_WANT_READ:
        watch(c, EPOLL_CTL_MOD, EPOLLIN);
        return;
      case SSL_ERROR_WANT_WRITE:
        watch(c, EPOLL_CTL_MOD, EPOLLOUT);
        return;
      default:
        broken(c);
        return;
    }
  }
}

static void read_targets(const char *file) {
  FILE *in = fopen(file, "r");
  if (!in) fail(file);
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, in) > 0) {
    char *rest = line;
    char *method = strsep(&rest, "\t");
    char *path = strsep(&rest, "\t");
    char *body = strsep(&rest, "\t");
    if (!rest) {
      fprintf(stderr, "%s: a line has four fields, divided by tabs\n", file);
      exit(2);
    }
    targets = realloc(targets, sizeof *targets * (size_t)(target_count + 1));
    struct target *target = &targets[target_count++];
    target->answer = atol(rest);
    const char *end = mode == KEEP ? "" : "Connection: close\r\n";
    target->length =
        *body ? asprintf(&target->bytes,
                         "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                         "Content-Length: %zu\r\n%s\r\n%s",
                         method, path, strlen(body), end, body)
              : asprintf(&target->bytes, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", method, path, end);
  }
  free(line);
  fclose(in);
  if (target_count == 0) {
    fprintf(stderr, "%s: no targets\n", file);
    exit(2);
  }
}

/* Begins the requests whose time has come. Those for which no connection is free are left out. */
static void begin_due(void) {
  while (first_waiting && now() >= next_start) {
    struct connection *c = first_waiting;
    first_waiting = c->next;
    if (!first_waiting) last_waiting = &first_waiting;
    next_start += interval;
    if (c->state == CLOSED) {
      begin_connection(c);
    } else {
      begin_request(c);
      c->start = now();
      c->state = WRITING;
      go_on(c);
    }
  }
  if (next_start < now()) next_start = now();
}

int main(int count, char **arguments) {
  if (count != 6 && count != 7) {
    fprintf(stderr, "usage: load keep|new|resume PORT CONNECTIONS SECONDS TARGETS [RATE]\n");
    return 2;
  }
  mode = strcmp(arguments[1], "keep") == 0 ? KEEP : strcmp(arguments[1], "new") == 0 ? NEW : RESUME;
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)atoi(arguments[2]));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int connections = atoi(arguments[3]);
  double seconds = atof(arguments[4]);
  if (count == 7) interval = (uint64_t)(1e9 / atof(arguments[6]));
  read_targets(arguments[5]);
  signal(SIGPIPE, SIG_IGN);

  context = SSL_CTX_new(TLS_method());
  /* The certificate is the harness's own; its signature in the handshake is checked all the same. */
  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set1_curves_list(context, "X25519");
  if (mode == RESUME) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
  } else {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  }
  epoll = epoll_create1(0);
  struct connection *all = calloc((size_t)connections, sizeof *all);
  uint64_t start = now(), end = start + (uint64_t)(seconds * 1e9);
  next_start = start;
  for (int i = 0; i < connections; i++) {
    if (interval) {
      wait_for_turn(&all[i]);
    } else {
      begin_connection(&all[i]);
    }
  }

  struct epoll_event events[256];
  while (now() < end) {
    if (interval) begin_due();
    int ready = epoll_wait(epoll, events, 256, interval ? 1 : 100);
    for (int i = 0; i < ready; i++) go_on(events[i].data.ptr);
  }
  double took = (double)(now() - start) / 1e9;
  printf("%.1f\t%ld\t%.0f\t%.0f\t%.3f\n", (double)done / took, errors, percentile(0.5), percentile(0.99),
         handshakes ? (double)resumed / (double)handshakes : 0);
  return 0;
}
