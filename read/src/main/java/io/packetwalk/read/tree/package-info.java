/** YAML and JSON values with the lines that they stand on. */
package io.packetwalk.read.tree;
