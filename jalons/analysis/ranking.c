/* Keys that sort as scores do, and ranks put back at their place: see ranking.py.

   A score becomes a whole number of RESOLUTION, highest first, and carries its place in
   its low bits; once sorted (by NumPy), the order of keys is that of ranks. */
#include <math.h>
#include "loops.h"

/* In place: `rows` × `n` scores become as many keys. Adding 1.5 × 2^52 rounds to the
   nearest unit, which the bits of the sum then count. */
WIDE void pack(double *scores, int64_t rows, int64_t n, int64_t bits, double scale)
{
    const double apart = 1.5 * 4503599627370496.0;
    union { double number; int64_t bits; } zero = {.number = apart};
    for (int64_t row = 0; row < rows; row++) {
        double *score = scores + row * n;
        int64_t *key = (int64_t *)score;
        for (int64_t place = 0; place < n; place++) {
            union { double number; int64_t bits; } units = {.number = score[place] * scale + apart};
            key[place] = ((units.bits - zero.bits) << bits) | place;
        }
    }
}

/* Equal scores share the best rank. Rows of `ranks` are `stride` apart. */
#define SPREAD(NAME, TYPE)                                                             \
    void NAME(const int64_t *keys, int64_t rows, int64_t n, int64_t bits, TYPE *ranks, \
              int64_t stride)                                                          \
    {                                                                                  \
        const int64_t mask = ((int64_t)1 << bits) - 1;                                 \
        for (int64_t row = 0; row < rows; row++, keys += n, ranks += stride) {         \
            int64_t units = keys[0] >> bits;                                           \
            TYPE rank = 1;                                                             \
            for (int64_t at = 0; at < n; at++) {                                       \
                int64_t next = keys[at] >> bits;                                       \
                rank = next == units ? rank : (TYPE)(at + 1);                          \
                units = next;                                                          \
                ranks[keys[at] & mask] = rank;                                         \
            }                                                                          \
        }                                                                              \
    }
SPREAD(spread_short, uint16_t)
SPREAD(spread_long, uint32_t)
