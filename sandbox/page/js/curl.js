// A call of the bot as a line for the shell; the token stays a variable.
const quoted = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;

export function asCurl({ method, params = {} }) {
  const { uploads, ...values } = params;
  const address = `"${location.origin}/bot$TOKEN/${method}"`;
  if (!uploads?.length) return `curl -s ${address} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(values))}`;
  const fields = Object.entries(values).map(([name, value]) => `-F ${quoted(`${name}=${typeof value === "object" ? JSON.stringify(value) : value}`)}`);
  const files = uploads.map((name) => `-F ${quoted(`${name}=@${name}`)}`);
  return ["curl -s", address, ...fields, ...files].join(" ");
}
