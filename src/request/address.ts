/** An internet address as a number of 32 or 128 bits. An IPv4 address mapped into IPv6 is the IPv4 address. */
export type Address = { readonly family: 4 | 6; readonly bits: bigint };

/** What an address is good for; only a public one can be looked up at a provider. */
export type AddressClass =
  | 'public'
  | 'private'
  | 'shared'
  | 'loopback'
  | 'link_local'
  | 'reserved'
  | 'documentation'
  | 'malformed';

/** The special-purpose registries of IANA, as far as they matter to a request. */
const RANGES: readonly (readonly [range: string, prefix: number, is: Exclude<AddressClass, 'public' | 'malformed'>])[] =
  [
    ['0.0.0.0', 8, 'reserved'], // RFC 791
    ['10.0.0.0', 8, 'private'], // RFC 1918
    ['100.64.0.0', 10, 'shared'], // RFC 6598: many subscribers behind one address
    ['127.0.0.0', 8, 'loopback'], // RFC 1122
    ['169.254.0.0', 16, 'link_local'], // RFC 3927
    ['172.16.0.0', 12, 'private'], // RFC 1918
    ['192.0.0.0', 24, 'reserved'], // RFC 6890
    ['192.0.2.0', 24, 'documentation'], // RFC 5737
    ['192.168.0.0', 16, 'private'], // RFC 1918
    ['198.18.0.0', 15, 'reserved'], // RFC 2544
    ['198.51.100.0', 24, 'documentation'], // RFC 5737
    ['203.0.113.0', 24, 'documentation'], // RFC 5737
    ['224.0.0.0', 4, 'reserved'], // RFC 5771: multicast
    ['240.0.0.0', 4, 'reserved'], // RFC 1112
    ['::', 128, 'reserved'], // RFC 4291
    ['::1', 128, 'loopback'], // RFC 4291
    ['100::', 64, 'reserved'], // RFC 6666
    ['2001:db8::', 32, 'documentation'], // RFC 3849
    ['3fff::', 20, 'documentation'], // RFC 9637
    ['fc00::', 7, 'private'], // RFC 4193
    ['fe80::', 10, 'link_local'], // RFC 4291
    ['fec0::', 10, 'private'], // RFC 3879
    ['ff00::', 8, 'reserved'], // RFC 4291: multicast
  ];

/**
 * Reads an IPv4 or IPv6 address as senders write them: in brackets, with a port or a zone behind it, with its dots
 * defused ("192[.]0[.]2[.]7"). Leading zeros are refused: "010" is 8 for some programs and 10 for others.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.length > 80) return undefined;
  const plain = text.trim().toLowerCase().replaceAll('[.]', '.').replaceAll('[:]', ':');
  const host = /^\[([^\]]*)\](?::\d+)?$/.exec(plain)?.[1] ?? /^([\d.]+)(?::\d+)$/.exec(plain)?.[1] ?? plain;
  const address = host.replace(/%[\w.-]+$/, '');
  return address.includes(':') ? parseV6(address) : parseV4(address);
}

export function addressClass(text: string): AddressClass {
  const address = parseAddress(text);
  if (address === undefined) return 'malformed';
  const range = PARSED_RANGES.find(({ family, bits, hostBits }) => {
    return family === address.family && bits >> hostBits === address.bits >> hostBits;
  });
  return range?.is ?? 'public';
}

/** One spelling for one address: dotted for IPv4, eight full groups for IPv6. */
export function canonicalAddress({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.');
  const hex = bits.toString(16).padStart(32, '0');
  return (hex.match(/.{4}/g) ?? []).join(':');
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return { family: 4, bits: parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n) };
}

function parseV6(text: string): Address | undefined {
  const dotted = /^(.*:)([\d.]+\.[\d.]+)$/.exec(text);
  const tail = dotted?.[2] === undefined ? undefined : parseV4(dotted[2]);
  if (dotted !== null && tail === undefined) return undefined;
  const groups =
    tail === undefined
      ? text
      : `${dotted?.[1]}${(tail.bits >> 16n).toString(16)}:${(tail.bits & 0xffffn).toString(16)}`;
  const bits = bitsOf(groups);
  if (bits === undefined) return undefined;
  return bits >> 32n === 0xffffn ? { family: 4, bits: bits & 0xffffffffn } : { family: 6, bits };
}

function bitsOf(text: string): bigint | undefined {
  const [before = '', after, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const head = before === '' ? [] : before.split(':');
  const rest = after === undefined || after === '' ? [] : after.split(':');
  const left = 8 - head.length - rest.length;
  if (after === undefined ? left !== 0 : left < 1) return undefined;
  const groups = [...head, ...Array<string>(left).fill('0'), ...rest];
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

const PARSED_RANGES = RANGES.flatMap(([range, prefix, is]) => {
  const address = parseAddress(range);
  if (address === undefined) return [];
  return [{ ...address, hostBits: BigInt((address.family === 4 ? 32 : 128) - prefix), is }];
});
