/**
 * The fuzz targets, a class each: a test run replays the inputs that stand under {@code
 * src/test/resources}, {@code ./test --fuzz} searches for new ones.
 */
package io.packetwalk.fuzz;
