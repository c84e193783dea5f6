import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BODY, get, type House, openHouse, REQUESTS, send } from './open-house.ts';

type Media = { readonly schema: z.core.JSONSchema.JSONSchema; readonly example?: unknown };
type Answer = { readonly description: string; readonly content: Readonly<Record<string, Media>> };
type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly object[];
  readonly requestBody?: Answer & { readonly required: boolean };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, Answer>>;
};
type Description = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: object };
};

let house: House;
let description: Description;
beforeAll(async () => {
  house = await openHouse();
  description = (await get(house, '/openapi.json')).json();
});
afterAll(() => house.close());

const operations = () =>
  Object.entries(description.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

function parsed({ schema }: Media, value: unknown) {
  return z.fromJSONSchema(schema).safeParse(value);
}

describe('the description of the interface', () => {
  it('is OpenAPI 3.1 and lists every route', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(
      operations()
        .map(({ path, method }) => `${method} ${path}`)
        .sort(),
    ).toEqual([
      'get /api/v1/requests/{reference}',
      'get /healthz',
      'get /metrics',
      'get /readyz',
      'post /api/v1/requests',
      'put /api/v1/requests/{reference}/attachments/{name}',
    ]);
    expect(description.components.securitySchemes).toHaveProperty('token');
  });

  it('says of every route what it is for, what it takes and all that it answers', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations()) {
      expect(operation.summary).toBeTruthy();
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const told = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      expect(told).toEqual(inPath);
      for (const { description: text, content } of Object.values(operation.responses)) {
        expect(text).not.toBe('Default Response');
        expect(Object.keys(content)).toHaveLength(1);
      }
    }
    const post = description.paths[REQUESTS]?.['post'];
    expect(Object.keys(post?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '201', '400', '401', '409', '413', '415', '421', '429', '500', '503']),
    );
    expect(Object.keys(post?.requestBody?.content ?? {})).toEqual([
      'application/json',
      'multipart/form-data',
      'message/rfc822',
    ]);
    expect(post?.security).toEqual([{ token: [] }]);
    expect(post?.parameters?.map(({ name }) => name)).toContain('idempotency-key');
  });

  it('has examples that are right by its own schemas', () => {
    let examples = 0;
    for (const { operation } of operations()) {
      const media = [operation.requestBody, ...Object.values(operation.responses)].flatMap((one) =>
        Object.entries(one?.content ?? {}),
      );
      for (const [type, one] of media) {
        if (type === 'multipart/form-data' || type === 'text/plain') continue;
        const given = [one.example, ...(one.schema.examples ?? [])].filter((example) => example !== undefined);
        expect(given.length).toBeGreaterThan(0);
        for (const example of given) expect(parsed(one, example).error).toBeUndefined();
        examples += given.length;
      }
    }
    expect(examples).toBeGreaterThan(20);
  });

  it('takes its own example, and its answers are as described', async () => {
    const post = description.paths[REQUESTS]?.['post'];
    const json = post?.requestBody?.content['application/json'];
    const answers = [
      await send(house, json?.example),
      await send(house, json?.example),
      await send(house, { ...BODY, urgency: 'x' }),
      await send(house, BODY, { authorization: '' }),
      await send(house, BODY, { 'content-type': 'text/plain' }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 200, 400, 401, 415]);
    for (const answer of answers) {
      const media = post?.responses[answer.statusCode]?.content['application/json'];
      expect(media && parsed(media, answer.json()).error).toBeUndefined();
      expect(media).toBeDefined();
    }
    expect(json && parsed(json, { ...BODY, unknown: 1 }).success).toBe(false);
  });
});
