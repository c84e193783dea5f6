import { z } from 'zod';
import { wholeNumber } from '../leaves.ts';

/** 0 takes any port that is free. */
export const port = wholeNumber(0, 65_535);

/** The address is always the loopback: other machines come through a proxy. */
export const webSection = z
  .strictObject({
    port: port.describe('Port on 127.0.0.1. The environment variable TOCSIN_PORT wins.').prefault(8420),
  })
  .describe('The desk page and the interface for senders.')
  .prefault({});
