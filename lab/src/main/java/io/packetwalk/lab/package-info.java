/** Practice clusters: small networks of namespaces on a real kernel, to look at and to break. */
package io.packetwalk.lab;
