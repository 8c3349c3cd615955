/**
 * The control plane of practice clusters: a plan turned into the commands and tables that Calico,
 * Flannel, kubenet and kube-proxy would have made of it.
 */
package io.packetwalk.lab.program;
