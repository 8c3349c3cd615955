/** What a state doesn't show although a walk may need it, and the commands that show it. */
package io.packetwalk.walk.gap;
