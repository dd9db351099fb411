import type { Book } from './say.ts';

const address = 'in the settings, under Public address';

/**
 * English as a window, the tray and notifications say it, where the terminal's own words would send the person to a
 * command. All else is said as it was written.
 */
export const windowEnglish: Book = {
  'There are no ThingSpace credentials yet. Give them with `thingspace-sms login` or in the settings.':
    'There are no ThingSpace credentials yet. Enter them under Credentials.',
  'Check them, then give the right ones with `thingspace-sms login` or in the settings.':
    'Check them, then enter the right ones under Credentials.',
  'They come from the environment: correct the THINGSPACE_ variables there, and start this program anew.':
    'They come from the environment that this program was started in: correct them there, and start it anew.',
  'There is no public URL, so ThingSpace cannot call. Give one (--public-url, or in the settings), or fetch the queue instead.': `There is no public URL, so ThingSpace cannot call. Choose one ${address}, or fetch the queue instead.`,
  'Take it over to get them here (listen --take-over); it is given back when you stop. Or only look at the queue (--mode peek).':
    'Take it over to get them here; it is given back when you stop. Or only look at the queue.',
  'The callback of {account} could not be given back and is still ours: {*why} The next start gives it back, and so does callbacks --restore.':
    'The callback of {account} could not be given back and is still ours: {*why} The next start gives it back.',
  'Nothing of this app is left in the keychain but the password of the callback that {accounts} had before: it goes when that is put back (callbacks --restore).':
    'Nothing of this app is left in the keychain but the password of the callback that {accounts} had before: it goes when that is put back.',
  'Run "thingspace-sms login", or give all four THINGSPACE_ variables.': 'Enter the credentials under Credentials.',
  'Run "thingspace-sms login", or give all four THINGSPACE_ variables for one run.':
    'Enter the credentials under Credentials.',
  'Start a keychain, or give all four THINGSPACE_ variables for one run.':
    'Start a keychain, then enter the credentials.',
  'Unlock the keychain, or give all four THINGSPACE_ variables.': 'Unlock the keychain.',
  'An ngrok account and its authtoken ("tunnels secret ngrok").': 'An ngrok account and its authtoken.',
  'This is no ngrok authtoken. Copy it from https://dashboard.ngrok.com/get-started/your-authtoken and store it with "tunnels secret ngrok".': `This is no ngrok authtoken. Copy it from https://dashboard.ngrok.com/get-started/your-authtoken and enter it ${address}.`,
  'ngrok does not accept this authtoken; it may have been reset. Store the new one with "tunnels secret ngrok".': `ngrok does not accept this authtoken; it may have been reset. Enter the new one ${address}.`,
  'ngrok needs an authtoken. Store yours with "tunnels secret ngrok".': `ngrok needs an authtoken. Enter yours ${address}.`,
  'A named cloudflared tunnel does not print its address. Give it as publicUrl, such as https://sms.example.com.': `A named cloudflared tunnel does not print its address. Enter that ${address}, such as https://sms.example.com.`,
  'There is no SSH key in ~/.ssh. Make one with "ssh-keygen -t ed25519", or name one with keyFile.': `There is no SSH key in ~/.ssh. Make one with "ssh-keygen -t ed25519", or name its file ${address}.`,
  'The SSH key {file} is no private key, or needs a passphrase. Store it with "thingspace-sms tunnels secret ssh", or use the agent.': `The SSH key {file} is no private key, or needs a passphrase. Enter that ${address}, or use the agent.`,
  'The passphrase does not open the SSH key {file}. Store the right one with "thingspace-sms tunnels secret ssh".': `The passphrase does not open the SSH key {file}. Enter the right one ${address}.`,
  'No SSH password is stored. Store it with "thingspace-sms tunnels secret ssh".': `No SSH password is stored. Enter it ${address}.`,
  '{host} shows another host key than before, so nothing was sent there: {shown} instead of {known}. If the server was set up anew, compare it there (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and run "thingspace-sms tunnels forget {name}". If not, someone may stand between.': `{host} shows another host key than before, so nothing was sent there: {shown} instead of {known}. If the server was set up anew, compare it there (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and forget the key of {name} ${address}. If not, someone may stand between.`,
  'Port {port} on {host} is taken (or sshd may not open it on {address}: AllowTcpForwarding, PermitListen, and root for ports below 1024). End what listens there ("ss -ltnp" shows it), or choose another remotePort. A connection of ours that broke frees it by itself after a while, so it is tried again.': `Port {port} on {host} is taken (or sshd may not open it on {address}: AllowTcpForwarding, PermitListen, and root for ports below 1024). End what listens there ("ss -ltnp" shows it), or choose another port on the server ${address}. A connection of ours that broke frees it by itself after a while, so it is tried again.`,
  'Give another --port, or end the program that has it.': `Choose another local port ${address}, or end the program that has it.`,
  'Correct the public URL or the tunnel, or use --mode poll.': `Correct the public URL or the tunnel ${address}, or let the account be fetched from the queue only.`,
  'Make room on the disk, or give another --data-dir.': 'Make room on the disk.',
  'Check that it exists and may be written, or give another with --data-dir.':
    'Check that it exists and may be written.',
  'Check the network and the name server of this computer, and --api-base if it is given.':
    'Check the network and the name server of this computer.',
  'Use --take-over, which gives it back at the end, or --mode poll on an account that nobody listens to.':
    'Take it over, which gives it back at the end, or fetch the queue only on an account that nobody listens to.',
  'No account is known: give --account NAME.': 'No account is known: add one.',
  '{host} leads outside this computer and its network. Allow that with --forward-anywhere (https only), or in the settings.':
    '{host} leads outside this computer and its network. Allow that in the settings, under Forwarding (https only).',
  '{host} is outside this computer and its network. Allow that with --forward-anywhere, or in the settings.':
    '{host} is outside this computer and its network. Allow that in the settings, under Forwarding.',
  'If a callback had been taken over, it is not given back by itself: look with `callbacks --account NAME`, and register it anew from its own server.':
    'If a callback had been taken over, it is not given back by itself: check the account in the settings, and register it anew from its own server.',
  'A text could not be forwarded to {host} and is parked: {*why} Send it again with "replay".':
    'A text could not be forwarded to {host} and is parked: {*why} Open it to send it again.',
  'This text was not forwarded yet. Say where it goes with --to URL.':
    'This text was not forwarded yet. Say where it goes.',
  '{path} is no ordinary file. Leave --output out and redirect the output there instead.':
    '{path} is no ordinary file. Choose another place.',
};
