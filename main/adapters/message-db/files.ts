/* The files of a store, by their names in its folder: known without loading SQLite. */

export const databaseName = 'messages.db';
export const indexName = 'messages-index.db';
