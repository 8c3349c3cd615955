/**
 * Which CNI plugin connected the pods, and in which mode, concluded from what it left in the state.
 *
 * <p>The conclusions name and explain; the walk itself never relies on them.
 */
package io.packetwalk.walk.plugin;
