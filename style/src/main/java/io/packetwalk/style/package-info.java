/** The formatting step of the build; no part of the application. */
package io.packetwalk.style;
