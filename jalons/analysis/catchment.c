/* The nearest place, and places shared (E2SFCA), without a pair kept: see catchment.py.

   Points are in kilometres of space (x, y, z). Squares are cut on a plane: the shadow of
   a distance is never longer than the distance, so that what is too far on the plane is
   too far. Distances themselves are measured in space. */
#include <math.h>
#include "loops.h"

/* A plane: directions u and v, where its squares begin, and their side. */
typedef struct {
    double u[3], v[3], u0, v0, side;
} plane;

#define SLACK 1e-6 /* a millimetre on each side: more than rounding */

static inline double along(const double *direction, double x, double y, double z)
{
    return direction[0] * x + direction[1] * y + direction[2] * z;
}

static inline int64_t within(double square, int64_t count)
{
    return !(square >= 0) ? 0 : square >= count ? count - 1 : (int64_t)square;
}

/* The square of each point, row after row; beyond the border, the nearest one. */
WIDE void square_of(const double *points, int64_t n, const plane *on, int64_t columns,
                    int64_t rows, int32_t *square)
{
    for (int64_t i = 0; i < n; i++) {
        double x = points[3 * i], y = points[3 * i + 1], z = points[3 * i + 2];
        double column = (along(on->u, x, y, z) - on->u0) / on->side;
        double row = (along(on->v, x, y, z) - on->v0) / on->side;
        square[i] = (int32_t)(within(row, rows) * columns + within(column, columns));
    }
}

/* Where each square starts, and the place of each point once sorted by square. */
void sort_squares(const int32_t *square, int64_t n, int64_t squares, int32_t *starts,
                  int32_t *place)
{
    for (int64_t i = 0; i < n; i++)
        starts[square[i] + 1]++;
    for (int64_t s = 0; s < squares; s++)
        starts[s + 1] += starts[s];
    for (int64_t i = 0; i < n; i++)
        place[i] = starts[square[i]]++;
    for (int64_t s = squares; s > 0; s--)
        starts[s] = starts[s - 1];
    starts[0] = 0;
}

#define LANES 8

/* The nearest places of eight kinds, by the remainder of their number. */
typedef struct {
    double squared[LANES];
    int64_t place[LANES];
} best;

/* Places sorted by square, one array a coordinate, eight more at the end, far away. */
typedef struct {
    const double *x, *y, *z;
} sorted;

/* Looks at the places from `start` to `stop`, and at those that follow, up to eight: no
   harm is done, and no jump is to be guessed. */
static inline __attribute__((always_inline)) void
look(best *b, const sorted *p, int64_t start, int64_t stop, double x, double y, double z)
{
    for (int64_t at = start; at < stop; at += LANES) {
#pragma omp simd
        for (int64_t lane = 0; lane < LANES; lane++) {
            double dx = p->x[at + lane] - x, dy = p->y[at + lane] - y, dz = p->z[at + lane] - z;
            double squared = dx * dx + dy * dy + dz * dz;
            int64_t is_nearer = squared < b->squared[lane];
            b->place[lane] = is_nearer ? at + lane : b->place[lane];
            b->squared[lane] = is_nearer ? squared : b->squared[lane];
        }
    }
}

/* The nearest of all; of two as near, the first place. */
static inline __attribute__((always_inline)) double nearest_of(const best *b, int64_t *place)
{
    double least = INFINITY;
    int64_t first = INT64_MAX;
#pragma omp simd reduction(min : least)
    for (int64_t lane = 0; lane < LANES; lane++)
        least = b->squared[lane] < least ? b->squared[lane] : least;
#pragma omp simd reduction(min : first)
    for (int64_t lane = 0; lane < LANES; lane++) {
        int64_t other = b->squared[lane] == least ? b->place[lane] : INT64_MAX;
        first = other < first ? other : first;
    }
    *place = first;
    return least;
}

/* Squares are looked at ring after ring, until none further can hold a nearer place. */
WIDE void nearest(const double *zones, int64_t n, const double *px, const double *py,
                  const double *pz, const int32_t *starts, const plane *on, int64_t columns,
                  int64_t rows, int64_t *place, double *squared)
{
    const sorted p = {px, py, pz};
    const double squares = 1 / on->side;
    for (int64_t i = 0; i < n; i++) {
        const double x = zones[3 * i], y = zones[3 * i + 1], z = zones[3 * i + 2];
        double u = (along(on->u, x, y, z) - on->u0) * squares;
        double v = (along(on->v, x, y, z) - on->v0) * squares;
        int64_t column = within(u, columns), row = within(v, rows);
        double least;
        best b;
        for (int64_t lane = 0; lane < LANES; lane++) {
            b.squared[lane] = INFINITY;
            b.place[lane] = 0;
        }
        for (int64_t ring = 1;; ring++) {
            int64_t left = column - ring, right = column + ring;
            int64_t low = row - ring, high = row + ring;
            int64_t from = left < 0 ? 0 : left, to = right >= columns ? columns - 1 : right;
            for (int64_t line = low < 0 ? 0 : low; line <= high && line < rows; line++) {
                const int32_t *at = starts + line * columns;
                if (ring == 1 || line == low || line == high) {
                    look(&b, &p, at[from], at[to + 1], x, y, z);
                } else {
                    if (left >= 0)
                        look(&b, &p, at[left], at[left + 1], x, y, z);
                    if (right < columns)
                        look(&b, &p, at[right], at[right + 1], x, y, z);
                }
            }
            least = nearest_of(&b, place + i);
            double beyond = INFINITY; /* to the nearest side with squares behind it */
            beyond = left > 0 && u - left < beyond ? u - left : beyond;
            beyond = right < columns - 1 && right + 1 - u < beyond ? right + 1 - u : beyond;
            beyond = low > 0 && v - low < beyond ? v - low : beyond;
            beyond = high < rows - 1 && high + 1 - v < beyond ? high + 1 - v : beyond;
            if (beyond == INFINITY)
                break;
            beyond = beyond * on->side - SLACK;
            if (beyond > 0 && least <= beyond * beyond)
                break;
        }
        squared[i] = least;
    }
}

/* Zones sorted by square: one array a coordinate, so that eight are measured at once. */
typedef struct {
    const double *x, *y, *z;
    const int32_t *starts;
    const plane *on;
    int64_t columns, rows;
    const double *limits, *weights; /* squared chords and weights of four rings */
} ground;

/* The zones of one row of squares that a place may reach: one slice of them. Squares of
   the border hold what lies beyond it. */
static inline int reached(const ground *g, const double *place, int64_t row, int64_t *start,
                          int64_t *stop)
{
    const plane *on = g->on;
    double u = along(on->u, place[0], place[1], place[2]) - on->u0;
    double v = along(on->v, place[0], place[1], place[2]) - on->v0;
    double low = row > 0 ? row * on->side - v : 0;
    double high = row < g->rows - 1 ? v - (row + 1) * on->side : 0;
    double up = fmax(low, high) - SLACK;
    double far = g->limits[3] - (up > 0 ? up * up : 0);
    if (far < 0)
        return 0;
    double half = sqrt(far) + SLACK;
    const int32_t *at = g->starts + row * g->columns;
    *start = at[within((u - half) / on->side, g->columns)];
    *stop = at[within((u + half) / on->side, g->columns) + 1];
    return *start < *stop;
}

#define MEASURED                                                                        \
    double dx = x[i] - px, dy = y[i] - py, dz = z[i] - pz;                               \
    double far = dx * dx + dy * dy + dz * dz;                                           \
    double weight = far <= l0 ? w0 : far <= l1 ? w1 : far <= l2 ? w2 : far <= l3 ? w3 : 0

#define RINGS                                                                           \
    const double l0 = limits[0], l1 = limits[1], l2 = limits[2], l3 = limits[3];        \
    const double w0 = weights[0], w1 = weights[1], w2 = weights[2], w3 = weights[3]

/* First step: the people around each place, from `first` to `last`, by their weights. */
WIDE void demand(const double *x, const double *y, const double *z, const double *people,
                 const int32_t *starts, const plane *on, int64_t columns, int64_t rows,
                 const double *limits, const double *weights, const double *places,
                 int64_t first, int64_t last, double *sums)
{
    const ground g = {x, y, z, starts, on, columns, rows, limits, weights};
    RINGS;
    int64_t start, stop, band = (int64_t)(sqrt(l3) / on->side) + 1;
    for (int64_t j = first; j < last; j++) {
        const double *place = places + 3 * j;
        double v = along(on->v, place[0], place[1], place[2]) - on->v0;
        int64_t row = within(v / on->side, rows);
        double sum = 0, px = place[0], py = place[1], pz = place[2];
        for (int64_t line = row - band; line <= row + band; line++) {
            if (line < 0 || line >= rows || !reached(&g, place, line, &start, &stop))
                continue;
#pragma omp simd reduction(+ : sum)
            for (int64_t i = start; i < stop; i++) {
                MEASURED;
                sum += people[i] * weight;
            }
        }
        sums[j] = sum;
    }
}

/* Second step: what the places offer to the zones of the rows `first` to `last`. */
WIDE void offered(const double *x, const double *y, const double *z, const int32_t *starts,
                  const plane *on, int64_t columns, int64_t rows, const double *limits,
                  const double *weights, const double *places, const int32_t *in_row,
                  const double *share, int64_t first, int64_t last, double *restrict sums)
{
    const ground g = {x, y, z, starts, on, columns, rows, limits, weights};
    RINGS;
    int64_t start, stop, band = (int64_t)(sqrt(l3) / on->side) + 1;
    for (int64_t line = first; line < last; line++) {
        int64_t low = line - band < 0 ? 0 : line - band;
        int64_t high = line + band >= rows ? rows - 1 : line + band;
        for (int64_t j = in_row[low]; j < in_row[high + 1]; j++) {
            const double *place = places + 3 * j;
            const double given = share[j], px = place[0], py = place[1], pz = place[2];
            if (given == 0 || !reached(&g, place, line, &start, &stop))
                continue;
#pragma omp simd
            for (int64_t i = start; i < stop; i++) {
                MEASURED;
                sums[i] += given * weight;
            }
        }
    }
}

/* Points put in the order of their squares, one array a coordinate. */
void put_in_order(const double *points, const double *people, const int32_t *place,
                  int64_t n, double *x, double *y, double *z, double *sorted)
{
    for (int64_t i = 0; i < n; i++) {
        int32_t to = place[i];
        x[to] = points[3 * i];
        y[to] = points[3 * i + 1];
        z[to] = points[3 * i + 2];
        sorted[to] = people[i];
    }
}

void put_back(const double *sorted, const int32_t *place, int64_t n, double *out)
{
    for (int64_t i = 0; i < n; i++)
        out[i] = sorted[place[i]];
}
