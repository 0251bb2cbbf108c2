/* Readers of a stream: thousands of connections of one thread that note when each event came.
 *
 *   readers PORT TARGET COUNT EVENT MARK FILE
 *
 * holds COUNT connections to 127.0.0.1:PORT open, and says "open" once all of them are. Of each
 * block whose event is EVENT it notes the number that follows MARK in its data. A connection that
 * ends comes back with the last id it saw, after the time the server asked for. When standard
 * input ends, what was noted is written to FILE: struct note, one after the other; number 0 is the
 * opening of a connection.
 *
 * While events come in they are asked for without sleeping: a server would else pay for waking this
 * program with every write that finds it asleep, which no reader on another machine costs it.
 *
 * Lines of a chunked answer's framing look like fields that nobody knows, and are passed over like
 * those: every server that we measure begins and ends its chunks where blocks begin and end.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE = 128, ADDRESSES = 8, WORD = 64, BUFFER = 1 << 20 };
enum { AWAKE = 10000000 }; /* nanoseconds */
enum state { AWAY, CONNECTING, HEAD, BODY };

struct note {
  uint32_t reader, number;
  uint64_t at; /* nanoseconds of the monotonic clock */
};

struct reader {
  int fd;
  enum state state;
  uint8_t heard;           /* the block's event is the one that is noted */
  uint32_t number;         /* what is to be noted at the block's end */
  uint32_t retry;          /* milliseconds */
  uint64_t due;            /* when to come back */
  char id[WORD], seen[WORD]; /* of the block, and of the last whole one */
  char *left;              /* the beginning of a line */
  size_t left_size;
};

static struct reader *readers;
static uint32_t count, open_now, busy, refused;
static const char *target, *event, *mark;
static struct sockaddr_in server = {.sin_family = AF_INET};
static int queue;
static struct note *notes;
static size_t noted, room;
static char buffer[BUFFER];

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static void note(struct reader *r, uint32_t number, uint64_t at) {
  if (noted == room) {
    room = room ? room * 2 : 1 << 16;
    if (!(notes = realloc(notes, room * sizeof *notes))) fail("notes");
  }
  notes[noted++] = (struct note){(uint32_t)(r - readers), number, at};
}

static void leave(struct reader *r) {
  if (r->state == BODY) open_now--;
  else busy--;
  close(r->fd);
  free(r->left);
  r->left = NULL, r->left_size = 0, r->number = 0, r->heard = 0, r->id[0] = 0;
  r->state = AWAY, r->due = now() + r->retry * 1000000ull;
}

static void come(struct reader *r) {
  r->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (r->fd < 0) fail("socket");
  int one = 1;
  setsockopt(r->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  struct sockaddr_in own = {.sin_family = AF_INET};
  own.sin_addr.s_addr = htonl(0x7f000101u + (uint32_t)(r - readers) % ADDRESSES);
  if (bind(r->fd, (void *)&own, sizeof own)) fail("bind");
  r->state = CONNECTING, busy++;
  if (connect(r->fd, (void *)&server, sizeof server) && errno != EINPROGRESS) {
    leave(r);
    return;
  }
  struct epoll_event wanted = {.events = EPOLLOUT, .data.ptr = r};
  if (epoll_ctl(queue, EPOLL_CTL_ADD, r->fd, &wanted)) fail("epoll_ctl");
}

static void ask(struct reader *r) {
  char head[1024], last[WORD + 32] = "";
  if (r->seen[0]) snprintf(last, sizeof last, "Last-Event-ID: %s\r\n", r->seen);
  int size = snprintf(head, sizeof head,
                      "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/event-stream\r\n%s\r\n",
                      target, ntohs(server.sin_port), last);
  if (send(r->fd, head, (size_t)size, MSG_NOSIGNAL) != size) {
    leave(r);
    return;
  }
  r->state = HEAD;
  struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = r};
  if (epoll_ctl(queue, EPOLL_CTL_MOD, r->fd, &wanted)) fail("epoll_ctl");
}

static int begins(const char *line, size_t size, const char *with) {
  size_t length = strlen(with);
  return size >= length && !memcmp(line, with, length);
}

static void end_block(struct reader *r, uint64_t at) {
  if (r->id[0]) memcpy(r->seen, r->id, WORD);
  if (r->number) note(r, r->number, at);
  r->number = 0, r->heard = 0, r->id[0] = 0;
}

static void take_field(struct reader *r, const char *line, size_t size) {
  if (begins(line, size, "id: ")) {
    size_t length = size - 4 < WORD - 1 ? size - 4 : WORD - 1;
    memcpy(r->id, line + 4, length);
    r->id[length] = 0;
  } else if (begins(line, size, "event: ")) {
    r->heard = size - 7 == strlen(event) && !memcmp(line + 7, event, size - 7);
  } else if (begins(line, size, "retry: ")) {
    r->retry = (uint32_t)strtoul(line + 7, NULL, 10);
  } else if (r->heard && begins(line, size, "data: ")) {
    const char *found = memmem(line, size, mark, strlen(mark));
    if (found) r->number = (uint32_t)strtoul(found + strlen(mark), NULL, 10);
  }
}

/* Take one line without its end; 0: the connection is of no use. */
static int take_line(struct reader *r, const char *line, size_t size, uint64_t at) {
  if (r->state == BODY) {
    if (size) take_field(r, line, size);
    else end_block(r, at);
    return 1;
  }
  if (begins(line, size, "HTTP/1.") && memcmp(line + 8, " 200", 4)) {
    if (!refused++) fprintf(stderr, "refused: %.*s\n", (int)size, line);
    return 0;
  }
  if (size == 0 || (size == 1 && *line == '\r')) {
    r->state = BODY, busy--, open_now++;
    note(r, 0, at);
  }
  return 1;
}

static void read_some(struct reader *r) {
  size_t kept = r->left_size;
  if (kept) memcpy(buffer, r->left, kept);
  ssize_t got = recv(r->fd, buffer + kept, BUFFER - kept - 1, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    leave(r);
    return;
  }
  uint64_t at = now();
  char *line = buffer, *end = buffer + kept + got, *stop;
  *end = 0; /* numbers end somewhere */
  while ((stop = memchr(line, '\n', (size_t)(end - line)))) {
    if (!take_line(r, line, (size_t)(stop - line), at)) {
      leave(r);
      return;
    }
    line = stop + 1;
  }
  r->left_size = (size_t)(end - line);
  if (!r->left_size) {
    free(r->left);
    r->left = NULL;
    return;
  }
  if (!(r->left = realloc(r->left, r->left_size))) fail("line");
  memcpy(r->left, line, r->left_size);
}

static void happen(struct reader *r, uint32_t what) {
  if (r->state != CONNECTING) {
    read_some(r);
    return;
  }
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(r->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error || !(what & EPOLLOUT)) leave(r);
  else ask(r);
}

static void bring_back(void) {
  static uint32_t next;
  uint64_t at = now();
  for (uint32_t looked = 0; looked < count && busy < AT_ONCE; looked++) {
    struct reader *r = &readers[next];
    next = (next + 1) % count;
    if (r->state == AWAY && r->due <= at) come(r);
  }
}

static int is_over(void) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  char byte;
  return poll(&input, 1, 0) > 0 && read(STDIN_FILENO, &byte, 1) <= 0;
}

int main(int given, char **words) {
  if (given != 7) {
    fprintf(stderr, "readers PORT TARGET COUNT EVENT MARK FILE\n");
    return 2;
  }
  server.sin_port = htons((uint16_t)atoi(words[1]));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  target = words[2], count = (uint32_t)atoi(words[3]), event = words[4], mark = words[5];
  if (!(readers = calloc(count, sizeof *readers))) fail("readers");
  for (uint32_t n = 0; n < count; n++) readers[n].retry = 1000;
  queue = epoll_create1(0);
  struct epoll_event happened[512];
  uint64_t awake = 0;
  for (int said = 0; !is_over();) {
    if (open_now + busy < count) bring_back();
    if (!said && open_now == count) said = puts("open") && !fflush(stdout);
    int ready = epoll_wait(queue, happened, 512, now() < awake ? 0 : 20);
    if (ready) awake = now() + AWAKE;
    for (int n = 0; n < ready; n++) happen(happened[n].data.ptr, happened[n].events);
  }
  FILE *file = fopen(words[6], "wb");
  if (!file || fwrite(notes, sizeof *notes, noted, file) != noted || fclose(file)) fail(words[6]);
  return 0;
}
