/* The clock on the wall, moved by as many seconds as a file says; preloaded.

   The file is named by MOVED_CLOCK and holds eight bytes. What counts seconds (the
   monotonic clock, the sleeps) is left as it is. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile const int64_t *moved;

__attribute__((constructor)) static void find_file(void) {
    const char *name = getenv("MOVED_CLOCK");
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *held = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (held != MAP_FAILED) moved = held;
    close(file);
}

int clock_gettime(clockid_t which, struct timespec *found) {
    int failed = (int)syscall(SYS_clock_gettime, which, found);
    int is_wall = which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE;
    if (!failed && is_wall && moved) found->tv_sec += *moved;
    return failed;
}

int gettimeofday(struct timeval *restrict found, void *restrict zone) {
    int failed = (int)syscall(SYS_gettimeofday, found, zone);
    if (!failed && moved) found->tv_sec += *moved;
    return failed;
}

time_t time(time_t *to) {
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (to) *to = found.tv_sec;
    return found.tv_sec;
}
