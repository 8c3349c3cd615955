/** The Kubernetes side of a state: pods, Services, nodes, and what a CNI plugin adds. */
package io.packetwalk.model.cluster;
