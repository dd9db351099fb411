import { Variant } from '@jellybrick/dbus-next';

/** The properties of an interface, as `org.freedesktop.DBus.Properties` gives them. */
export type Properties = Readonly<Record<string, Variant>>;

export function plain(value: unknown): unknown {
  return value instanceof Variant ? value.value : value;
}

/** The text that a value holds; empty for anything else. */
export function words(value: unknown): string {
  const held = plain(value);
  return typeof held === 'string' ? held : '';
}

/** Members of `org.freedesktop.DBus.Properties` for what `read` gives. */
export function propertyMembers(read: () => Properties) {
  return {
    'org.freedesktop.DBus.Properties.Get': ([, name]: readonly unknown[]) =>
      ['v', read()[String(name)] ?? new Variant('s', '')] as const,
    'org.freedesktop.DBus.Properties.GetAll': () => ['a{sv}', read()] as const,
  };
}

export { Variant };
