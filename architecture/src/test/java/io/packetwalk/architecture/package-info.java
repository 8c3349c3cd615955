/** The rules about the modules that the compiler can't express. */
package io.packetwalk.architecture;
