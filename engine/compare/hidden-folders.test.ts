import { expect, it } from 'vitest'
import { hiddenIn } from './hidden-folders.ts'

/** As a service with PrivateTmp, InaccessiblePaths and a folder of its own reads it. */
const MOUNTS = [
  '530 529 8:1 / / rw,relatime shared:12 master:1 - ext4 /dev/sda1 rw',
  '531 530 0:24 / /home ro,relatime - tmpfs tmpfs rw',
  '532 530 8:1 /tmp/systemd-private-2f1c9e-restore-agent.service-aB3dE5/tmp /tmp rw,relatime - ext4 /dev/sda1 rw',
  '533 530 0:31 /systemd-private-2f1c9e-restore-agent.service-xY7/tmp /var/tmp rw - tmpfs tmpfs rw',
  '534 530 0:25 /systemd/inaccessible/dir /srv/kept\\040away ro,nosuid - tmpfs tmpfs rw',
  '535 530 8:1 /srv/systemd-private-notes /srv/notes rw - ext4 /dev/sda1 rw',
  '',
].join('\n')

it('finds behind which mounts a service does not see what the host has', () => {
  expect(hiddenIn(MOUNTS)).toEqual(['/tmp', '/var/tmp', '/srv/kept away'])
  expect(hiddenIn('')).toEqual([])
})
