/**
 * File systems that live on another machine: locks and fsync do not mean there what SQLite needs them to mean. Names as
 * Linux gives them in `/proc/self/mountinfo`.
 */
const NETWORK = /^(nfs|nfs4|cifs|smb|smb2|smb3|smbfs|ncpfs|afs|ceph|glusterfs|gpfs|lustre|gfs|gfs2|ocfs2|beegfs|9p)$/;
const NETWORK_FUSE =
  /^fuse\.(sshfs|s3fs|glusterfs|ceph|cephfs|rclone|davfs|davfs2|gcsfuse|blobfuse2?|juicefs|curlftpfs)/;

/**
 * The kind of network file system that `path` (absolute, without links) lies on; undefined for a local one, and where
 * there is no such table (macOS, Windows).
 */
export function networkFileSystemOf(path: string, mountinfo: string): string | undefined {
  const mounts = mountinfo.split('\n').flatMap(mountIn);
  const over = mounts.filter(({ point }) => path === point || path.startsWith(point === '/' ? '/' : `${point}/`));
  // The longest wins; of two on the same point, the later one lies on top.
  const mount = over.reduce<Mount | undefined>(
    (best, next) => (best === undefined || next.point.length >= best.point.length ? next : best),
    undefined,
  );
  return mount !== undefined && (NETWORK.test(mount.type) || NETWORK_FUSE.test(mount.type)) ? mount.type : undefined;
}

type Mount = { readonly point: string; readonly type: string };

/** `22 27 0:21 / /proc rw,relatime shared:1 - proc proc rw`: the fifth field, and the first one after the dash. */
function mountIn(line: string): readonly Mount[] {
  const [before = '', after = ''] = line.split(' - ');
  const point = before.split(' ')[4];
  const type = after.split(' ')[0];
  return point === undefined || type === undefined || type === '' ? [] : [{ point: unescaped(point), type }];
}

/** Spaces and the like are written in octal: `\040`. */
const unescaped = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
