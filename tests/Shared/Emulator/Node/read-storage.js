// Writes all that a storage account holds to standard output as JSON, read by the official clients.
'use strict';

const { createRequire } = require('node:module');

const [packages, connectionString] = process.argv.slice(2);
const load = createRequire(`${packages}/`);
const { TableServiceClient, TableClient } = load('@azure/data-tables');
const { BlobServiceClient } = load('@azure/storage-blob');

const plain = (key, value) => {
  if (typeof value === 'bigint') {
    return { int64: value.toString() };
  }

  return value instanceof Uint8Array ? { binary: Buffer.from(value).toString('base64') } : value;
};

// A buffer turns itself into JSON before the replacer sees it.
const properties = (row) => Object.fromEntries(
  Object.entries(row).filter(([name]) => name !== 'etag' && name !== 'timestamp').map(([name, value]) => [name, plain(name, value)]));

async function main() {
  const tables = {};
  const service = TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
  for await (const { name } of service.listTables()) {
    tables[name] = [];
    for await (const row of TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true }).listEntities()) {
      tables[name].push(properties(row));
    }
  }

  const blobs = {};
  const account = BlobServiceClient.fromConnectionString(connectionString);
  for await (const { name } of account.listContainers()) {
    const container = account.getContainerClient(name);
    blobs[name] = {};
    for await (const blob of container.listBlobsFlat()) {
      blobs[name][blob.name] = (await container.getBlobClient(blob.name).downloadToBuffer()).toString('base64');
    }
  }

  process.stdout.write(JSON.stringify({ tables, blobs }));
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
