/** From a request on the wire to an answer on the wire, faults and latency included. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl, isControlPath } from './control.ts';
import { type Outcome, type RouteName, underFault } from './faults.ts';
import { bare, type Call, gatewayFault, type Reply, readBody } from './http.ts';
import type { LoggedRequest } from './request-log.ts';
import { answerRoute, findRoute, refusePath, routesOf } from './routes.ts';
import type { Simulator } from './simulator.ts';
import type { World } from './world.ts';

function write(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** Sends half of what the length announces, then ends the connection. */
function writeHalf(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

function carryOut(response: ServerResponse, outcome: Outcome): LoggedRequest['status'] {
  switch (outcome.kind) {
    case 'hang':
      return 'hang';
    case 'reset':
      response.socket?.resetAndDestroy();
      return 'reset';
    case 'cut':
      writeHalf(response, outcome.reply);
      return outcome.reply.status;
    case 'answer':
      write(response, outcome.reply);
      return outcome.reply.status;
  }
}

function outcomeOf(world: World, route: RouteName | null, answer: () => Reply): Outcome {
  const fault = route && world.faults.meet(route);
  return fault ? underFault(fault, answer) : { kind: 'answer', reply: answer() };
}

function callOf(request: IncomingMessage, body: string): Call {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { method = '', headers } = request;
  return { method, path: pathname, parameters: {}, query: searchParams, headers, body };
}

function answerApi(world: World, call: Call, url: string, response: ServerResponse): void {
  const match = findRoute(routesOf(world), call.method, call.path);
  const name = match?.route.name ?? null;
  const { method, headers, body } = call;
  const finish = world.log.add({ method, path: url, route: name, headers, body, receivedAt: world.now() });
  const respond = () => {
    const answer = () =>
      match ? answerRoute(world, match.route, { ...call, parameters: match.parameters }) : refusePath(call.path);
    finish(carryOut(response, outcomeOf(world, name, answer)));
  };
  const { latencyMs } = world.switches();
  if (latencyMs === 0) respond();
  else world.timers.after(latencyMs, respond);
}

/** Answers one request: the control surface, or the API of the world as it is now. */
export async function respond(
  simulator: Simulator,
  world: () => World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) return write(response, bare(413, { Connection: 'close' }));
  if (!URL.canParse(request.url ?? '', 'http://127.0.0.1'))
    return write(response, gatewayFault(400, '900906', 'Bad request', 'The path could not be read.'));
  const call = callOf(request, body);
  if (isControlPath(call.path)) return write(response, await answerControl(simulator, call));
  return answerApi(world(), call, request.url ?? '', response);
}
