// Answers every request with what it was sent: the least that a round trip can cost.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  request.pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.(address.port);
});
