// open-store.ts URL: opens the store in a process of its own, closes it, and prints `opened` or the name of the error.
import { openStore } from '../../src/store/open.ts';
import { birth } from './birth.ts';

try {
  const store = await openStore({ url: process.argv[2] ?? '', ...birth });
  await store.close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof Error ? error.name : error);
}
