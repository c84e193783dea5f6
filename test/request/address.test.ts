import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressClass, canonicalAddress, parseAddress } from '../../src/request/address.ts';

const canonical = (text: string) => {
  const address = parseAddress(text);
  return address === undefined ? undefined : canonicalAddress(address);
};

describe('the class of an address', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['9.255.255.255', 'public'],
    ['10.0.0.0', 'private'],
    ['10.255.255.255', 'private'],
    ['11.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'shared'],
    ['100.128.0.0', 'public'],
    ['127.0.0.1', 'loopback'],
    ['169.254.7.7', 'link_local'],
    ['0.0.0.0', 'reserved'],
    ['192.0.0.8', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['224.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['192.0.2.77', 'documentation'],
    ['198.51.100.20', 'documentation'],
    ['203.0.113.9', 'documentation'],
    ['2606:4700::1111', 'public'],
    ['::', 'reserved'],
    ['::1', 'loopback'],
    ['100::1', 'reserved'],
    ['2001:db8::1', 'documentation'],
    ['3fff::1', 'documentation'],
    ['fd00::1', 'private'],
    ['fe80::1%eth0', 'link_local'],
    ['fec0::1', 'private'],
    ['ff02::1', 'reserved'],
    ['::ffff:192.168.1.1', 'private'],
    ['::ffff:c0a8:0101', 'private'],
    ['::ffff:8.8.8.8', 'public'],
  ])('%s is %s', (text, expected) => {
    expect(addressClass(text)).toBe(expected);
  });

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '010.0.0.1',
    '1.2.3.-4',
    'example.org',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
  ])('"%s" is malformed', (text) => {
    expect(addressClass(text)).toBe('malformed');
  });

  test.each(['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '::12345', '::1.2.3', '::ffff:256.1.1.1', '1'.repeat(200)])(
    '"%s" is malformed too',
    (text) => {
      expect(addressClass(text)).toBe('malformed');
    },
  );
});

describe('an address as senders write it', () => {
  test.each([
    [' 192.0.2.7 ', '192.0.2.7'],
    ['192.0.2.7:443', '192.0.2.7'],
    ['192[.]0[.]2[.]7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:DB8::7', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    ['[2001:db8::7]:443', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    ['2001[:]db8::7', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    ['64:ff9b::192.0.2.7', '0064:ff9b:0000:0000:0000:0000:c000:0207'],
    ['1::', '0001:0000:0000:0000:0000:0000:0000:0000'],
  ])('%s has one spelling', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test('is read again from its one spelling', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const once = canonical(text);
        expect(once).toBeDefined();
        expect(canonical(once ?? '')).toBe(once);
      }),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseAddress(text)));
  });
});
