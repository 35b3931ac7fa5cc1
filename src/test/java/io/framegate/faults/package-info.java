/** What happens when things break: killed processes, full disks, slow routes. Runs with {@code -Pfaults} only. */
package io.framegate.faults;
