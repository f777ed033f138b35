/* Respondents alike on every margin: their cell, its size, its weight. See weighting.py. */
#include "loops.h"

#define FEW 4096

/* Cells numbered as NumPy's ravel_multi_index; `known` is 0 where a margin is not. */
WIDE void number_cells(const int8_t *const *positions, const int64_t *sizes, int64_t count,
                       int64_t first, int64_t last, uint16_t *cells, uint32_t *counts)
{
    for (int64_t start = first; start < last; start += FEW) {
        int64_t n = last - start < FEW ? last - start : FEW;
        uint16_t *cell = cells + start;
        for (int64_t i = 0; i < n; i++)
            cell[i] = (uint16_t)positions[0][start + i];
        for (int64_t at = 1; at < count; at++) {
            const int8_t *position = positions[at] + start;
            const uint16_t size = (uint16_t)sizes[at];
            for (int64_t i = 0; i < n; i++)
                cell[i] = (uint16_t)(cell[i] * size + (uint16_t)position[i]);
        }
        for (int64_t i = 0; i < n; i++)
            counts[cell[i]]++;
    }
}

WIDE void spread_weights(const uint16_t *cells, int64_t first, int64_t last,
                         const double *weights, double *found)
{
    for (int64_t i = first; i < last; i++)
        found[i] = weights[cells[i]];
}
