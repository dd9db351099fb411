import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** A file of the window, as it is sent. */
export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether its name says what is in it, so that a browser may keep it, and what it compiled it to. */
  readonly isLasting: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** All other files are named by what is in them. */
const page = 'index.html';

function filesOf(directory: string): readonly string[] {
  const entries = readdirSync(join(directory, 'assets'), { withFileTypes: true });
  return [page, ...entries.filter((entry) => entry.isFile()).map((entry) => `assets/${entry.name}`)];
}

/**
 * The page with the hash of each script and style that it names (Subresource Integrity): a browser then takes none that
 * another program gave it to keep, which had this port before.
 */
function sealed(html: Buffer, assets: ReadonlyMap<string, Asset>): Buffer {
  const named = /(?:src|href)="\.(\/assets\/[^"]+\.(?:js|css))"/g;
  const text = html.toString('utf8').replaceAll(named, (attribute, path: string) => {
    const bytes = assets.get(path)?.bytes;
    return bytes ? `${attribute} integrity="sha384-${createHash('sha384').update(bytes).digest('base64')}"` : attribute;
  });
  return Buffer.from(text);
}

/**
 * Reads the built window once. Only what is found now, and is of a known type, is ever served: no path of a request
 * reaches the file system.
 */
export function readAssets(directory: string): Result<ReadonlyMap<string, Asset>, { readonly message: string }> {
  const assets = new Map<string, Asset>();
  try {
    for (const name of filesOf(directory)) {
      const type = types[extname(name)];
      if (type === undefined) continue;
      assets.set(`/${name}`, { type, bytes: readFileSync(join(directory, name)), isLasting: name !== page });
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return fail({ message: `The window is not built: ${words}. Run "npm run build".` });
  }
  const index = assets.get(`/${page}`);
  if (index) for (const path of ['/', `/${page}`]) assets.set(path, { ...index, bytes: sealed(index.bytes, assets) });
  return ok(assets);
}
