import { expect, test } from 'vitest';
import { networkFileSystemOf } from '../../src/store/network-file-system.ts';

const MOUNTS = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:50 / /srv rw,relatime shared:7 - nfs4 files.example:/srv rw,vers=4.2
41 40 8:1 / /srv/local rw,relatime shared:9 master:1 - xfs /dev/sdb rw
42 27 0:51 / /mnt/with\\040space rw - cifs //files.example/share rw
43 27 0:52 / /mnt/ssh rw - fuse.sshfs ops@files.example: rw
44 27 0:53 / /mnt/ntfs rw - fuse.ntfs-3g /dev/sdc1 rw
45 27 8:2 / /over rw - ext4 /dev/sdd rw
46 45 0:54 / /over rw - nfs files.example:/over rw
`;

test.each([
  ['/var/tocsin.db', undefined],
  ['/srv/tocsin.db', 'nfs4'],
  ['/srv/local/tocsin.db', undefined],
  ['/srvlocal/tocsin.db', undefined],
  ['/mnt/with space/tocsin.db', 'cifs'],
  ['/mnt/ssh/deep/down/tocsin.db', 'fuse.sshfs'],
  ['/mnt/ntfs/tocsin.db', undefined],
  ['/over/tocsin.db', 'nfs'],
])('%s lies on a network file system: %s', (path, expected) => {
  expect(networkFileSystemOf(path, MOUNTS)).toBe(expected);
});

test('without a table of mounts nothing is known and nothing refused', () => {
  expect(networkFileSystemOf('/srv/tocsin.db', '')).toBeUndefined();
  expect(networkFileSystemOf('/srv/tocsin.db', 'not a table\n\n')).toBeUndefined();
});
