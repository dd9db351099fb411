/** What a service manager starts: the program with its arguments. Nothing in it is secret. */
export interface ServiceRun {
  readonly program: string;
  readonly args: readonly string[];
  /** The user's own folder: what is written in it others cannot read. */
  readonly home: string;
}

export interface ServiceFile {
  readonly make: (run: ServiceRun) => string;
  /** What to do with it, for a person. */
  readonly next: readonly string[];
}

const about = 'Texts of ThingSpace devices';

// ---------------------------------------------------------------- systemd

/** Within double quotes; a percent or dollar sign would stand for something else (systemd.service(5), "Command lines"). */
function unitWord(word: string): string {
  const escaped = word.replaceAll(/["\\]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@+=:,./%-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}

function unit({ program, args }: ServiceRun): string {
  return `[Unit]
Description=${about}
After=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=${[program, ...args].map(unitWord).join(' ')}
Restart=on-failure
RestartSec=10
# 2 is wrong usage. 3: signing in was refused, and trying again would lock the user.
RestartPreventExitStatus=2 3
TimeoutStopSec=10
# Credentials, unless they are in the keychain: a file of mode 0600 with the four THINGSPACE_ lines.
EnvironmentFile=-%h/.config/thingspace-sms.env

[Install]
WantedBy=default.target`;
}

// ---------------------------------------------------------------- launchd and Windows

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** launchd cannot tell a refused sign-in from another failure: the guard in the app holds it off. */
function agent({ program, args, home }: ServiceRun): string {
  const logs = xml(`${home}/Library/Logs/thingspace-sms`);
  const words = [program, ...args].map((word) => `    <string>${xml(word)}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>thingspace-sms</string>
  <key>ProgramArguments</key>
  <array>
${words.join('\n')}
  </array>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key>
  <dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key><integer>60</integer>
  <key>ExitTimeOut</key><integer>10</integer>
  <key>StandardOutPath</key><string>${logs}.ndjson</string>
  <key>StandardErrorPath</key><string>${logs}.log</string>
</dict>
</plist>`;
}

/** As the C library of Windows takes a command line apart: backslashes count only before a quote. */
function windowsWord(word: string): string {
  return /[\s"]/.test(word) ? `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"` : word;
}

function wrapper({ program, args }: ServiceRun): string {
  return `<service>
  <id>thingspace-sms</id>
  <name>ThingSpace SMS</name>
  <description>${about}</description>
  <executable>${xml(program)}</executable>
  <arguments>${xml(args.map(windowsWord).join(' '))}</arguments>
  <onfailure action="restart" delay="60 sec"/>
  <stoptimeout>10 sec</stoptimeout>
  <log mode="roll-by-size"/>
</service>`;
}

export const serviceFiles: Readonly<Record<string, ServiceFile>> = {
  systemd: {
    make: unit,
    next: [
      'Save it as ~/.config/systemd/user/thingspace-sms.service, then: systemctl --user enable --now thingspace-sms',
      'So that it runs while nobody is logged in: loginctl enable-linger. Its log: journalctl --user -u thingspace-sms',
    ],
  },
  launchd: {
    make: agent,
    next: [
      'Save it as ~/Library/LaunchAgents/thingspace-sms.plist, then: launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/thingspace-sms.plist',
    ],
  },
  windows: {
    make: wrapper,
    next: [
      'Save it as thingspace-sms-service.xml beside WinSW (https://github.com/winsw/winsw), renamed to thingspace-sms-service.exe, then: thingspace-sms-service install',
      'It runs as the system, which has neither your keychain nor your texts, until you let it log on as you (Services, Log On).',
    ],
  },
};
