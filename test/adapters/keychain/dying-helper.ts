/* Stands in for keychain/helper.ts: what it does depends on the name that it is asked for. */
process.on('message', (request: { readonly name: string }) => {
  if (request.name === 'dies') process.kill(process.pid, 'SIGSEGV');
  else if (request.name === 'library') process.send?.({ kind: 'not-loaded', message: 'libsecret-1.so.0: not found' });
  else process.send?.({ kind: 'done', value: `value of ${request.name}` });
});
