export default function Page() {
  return <h1>Live</h1>;
}
