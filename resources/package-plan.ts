/* Which packages a machine can make, and in words why not and where the others can be made. */

export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Whether Electron's program is in node_modules already. */
  readonly hasElectron: boolean;
  /** Whether GitHub answers: from there the packager fetches Electron's program and the tools of each format. */
  readonly reachesGitHub: boolean;
  /** Names of the environment variables that are set. */
  readonly environment: readonly string[];
}

export interface PlannedPackage {
  /** As electron-builder.yml names it. */
  readonly target: 'deb' | 'AppImage' | 'nsis' | 'dmg';
  /** Arguments of electron-builder. */
  readonly options: readonly string[];
  /** Why it cannot be made here, and where it can; null: it can be made here. */
  readonly obstacle: string | null;
  /** What is worth knowing of a package that is made here; null: nothing. */
  readonly remark: string | null;
}

const targets = [
  { target: 'deb', platform: 'linux', system: 'Linux', options: ['--linux', 'deb'] },
  { target: 'AppImage', platform: 'linux', system: 'Linux', options: ['--linux', 'AppImage'] },
  { target: 'nsis', platform: 'win32', system: 'Windows', options: ['--win', 'nsis'] },
  { target: 'dmg', platform: 'darwin', system: 'macOS', options: ['--mac', 'dmg', '--universal'] },
] as const;

type Target = (typeof targets)[number];

function obstacleOf({ platform, system }: Target, machine: Machine): string | null {
  if (machine.platform !== platform) return `it is made on ${system}: run "npm run package" there.`;
  if (machine.reachesGitHub) return null;
  const lacking = machine.hasElectron ? "the packager's tools" : "Electron's program and the packager's tools";
  return `${lacking} are fetched from github.com, which did not answer. Run "npm run package" on ${system} where it does.`;
}

function remarkOf({ platform }: Target, { environment }: Machine): string | null {
  if (platform === 'linux') return null;
  if (!environment.includes('CSC_LINK') && !environment.includes('CSC_NAME'))
    return 'It is not signed: CSC_LINK names no certificate. Systems warn of such a package.';
  const notarised = ['APPLE_ID', 'APPLE_API_KEY', 'APPLE_KEYCHAIN_PROFILE'].some((name) => environment.includes(name));
  return platform === 'darwin' && !notarised ? 'It is signed, but not notarised: APPLE_ID is not set.' : null;
}

/** Every package of the app, as this machine stands to it. */
export function planPackages(machine: Machine): readonly PlannedPackage[] {
  return targets.map((each) => ({
    target: each.target,
    options: each.options,
    obstacle: obstacleOf(each, machine),
    remark: remarkOf(each, machine),
  }));
}
