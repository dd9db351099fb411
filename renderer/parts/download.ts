/** A link that a person would press: the browser saves what it leads to, as it comes. */
export function download(address: string, name = ''): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** Has the browser save a text as a file. */
export function downloadText({ name, text }: { readonly name: string; readonly text: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  download(address, name);
  URL.revokeObjectURL(address);
}
