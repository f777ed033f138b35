/* Points and tables of many answers at once: see codes.py and counting.py.

   Codes of several questions make one number, the first varying slowest: a cell of a
   table of points, or of counts. A few thousand answers are worked on at a time, so that
   their numbers stay near the processor. */
#include "loops.h"

#define FEW 4096

/* Questions of one pack follow each other: `ends` says where each pack stops. */
typedef struct {
    const uint8_t *const *rows;
    const int64_t *sizes, *ends, *offsets;
    int64_t packs;
} questions;

static inline __attribute__((always_inline)) void
combine(const questions *q, int64_t from, int64_t to, int64_t start, int64_t n, uint32_t *cell)
{
    const uint8_t *row = q->rows[from] + start;
    for (int64_t i = 0; i < n; i++)
        cell[i] = row[i];
    for (int64_t at = from + 1; at < to; at++) {
        const uint32_t size = (uint32_t)q->sizes[at];
        row = q->rows[at] + start;
        for (int64_t i = 0; i < n; i++)
            cell[i] = cell[i] * size + row[i];
    }
}

/* Low points in the low 16 bits of each cell of `points`, high ones above. */
WIDE void add_points(const uint8_t *const *rows, const int64_t *sizes, const int64_t *ends,
                     const int64_t *offsets, int64_t packs, const uint32_t *points,
                     int64_t first, int64_t last, int16_t *low, int16_t *high)
{
    const questions q = {rows, sizes, ends, offsets, packs};
    uint32_t cell[FEW], total[FEW];
    for (int64_t start = first; start < last; start += FEW) {
        int64_t n = last - start < FEW ? last - start : FEW;
        for (int64_t i = 0; i < n; i++)
            total[i] = 0;
        for (int64_t pack = 0, from = 0; pack < packs; from = ends[pack++]) {
            const uint32_t *table = points + offsets[pack];
            combine(&q, from, ends[pack], start, n, cell);
            for (int64_t i = 0; i < n; i++)
                total[i] += table[cell[i]];
        }
        for (int64_t i = 0; i < n; i++) {
            low[start + i] = (int16_t)(total[i] & 0xffff);
            high[start + i] = (int16_t)(total[i] >> 16);
        }
    }
}

/* Counts of each pack of questions by all contexts together; one table a pack. */
WIDE void count_packs(const uint8_t *const *rows, const int64_t *sizes, const int64_t *ends,
                      const int64_t *offsets, int64_t packs, const uint8_t *const *contexts,
                      const int64_t *places, int64_t count, int64_t width, int64_t first,
                      int64_t last, uint32_t *counts)
{
    const questions q = {rows, sizes, ends, offsets, packs};
    const questions c = {contexts, places, 0, 0, 0};
    uint32_t cell[FEW], place[FEW];
    for (int64_t start = first; start < last; start += FEW) {
        int64_t n = last - start < FEW ? last - start : FEW;
        combine(&c, 0, count, start, n, place);
        for (int64_t pack = 0, from = 0; pack < packs; from = ends[pack++]) {
            uint32_t *table = counts + offsets[pack];
            combine(&q, from, ends[pack], start, n, cell);
            for (int64_t i = 0; i < n; i++)
                cell[i] = cell[i] * (uint32_t)width + place[i];
            for (int64_t i = 0; i < n; i++)
                table[cell[i]]++;
        }
    }
}

/* The class of each whole total. */
WIDE void look_up(const int16_t *totals, int64_t n, const uint8_t *table, uint8_t *found)
{
    for (int64_t i = 0; i < n; i++)
        found[i] = table[totals[i]];
}
