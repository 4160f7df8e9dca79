'use strict';
// A product backend in another language, with stock clients only.
//
//   node contract.js produce <brokers> <registry> <schema file> <topic> <subject> <event as JSON>
//   node contract.js consume <brokers> <registry> <topic> <key>
//
// Prints one line of JSON: where the event was stored, or the event and its headers as read.

const fs = require('fs');
const { Kafka, logLevel, Partitioners } = require('kafkajs');
const { SchemaRegistry, SchemaType } = require('@kafkajs/confluent-schema-registry');

function clients(brokers, registry) {
  const kafka = new Kafka({ clientId: 'contract', brokers: brokers.split(','), logLevel: logLevel.ERROR });
  return { kafka, registry: new SchemaRegistry({ host: registry }) };
}

async function produce(brokers, registryUrl, schemaFile, topic, subject, json) {
  const { kafka, registry } = clients(brokers, registryUrl);
  const schema = fs.readFileSync(schemaFile, 'utf8');
  const { id } = await registry.register({ type: SchemaType.AVRO, schema }, { subject });
  const event = JSON.parse(json);
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const value = await registry.encode(id, event);
  const [stored] = await producer.send({ topic, acks: -1, messages: [{ key: event.subject, value }] });
  await producer.disconnect();
  return { partition: stored.partition, offset: stored.baseOffset, schemaId: id };
}

async function consume(brokers, registryUrl, topic, key) {
  const { kafka, registry } = clients(brokers, registryUrl);
  const consumer = kafka.consumer({ groupId: `contract-${process.pid}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const found = await new Promise((resolve, reject) => {
    consumer.run({
      eachMessage: async ({ partition, message }) => {
        if (String(message.key) !== key) {
          return;
        }
        try {
          const headers = Object.fromEntries(Object.entries(message.headers).map(([k, v]) => [k, String(v)]));
          resolve({ partition, headers, event: await registry.decode(message.value) });
        } catch (e) {
          reject(e);
        }
      },
    });
  });
  await consumer.disconnect();
  return found;
}

const [command, ...args] = process.argv.slice(2);
({ produce, consume })[command](...args)
  .then((result) => {
    process.stdout.write(JSON.stringify(result) + '\n');
    process.exit(0);
  })
  .catch((e) => {
    process.stderr.write(`${e.stack}\n`);
    process.exit(1);
  });
