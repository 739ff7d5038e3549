// The clock of a hold: counts down what the server said was left, by this device's running time and not by its clock.

function runHoldClock(): void {
  const line = document.querySelector<HTMLElement>("[data-left-ms]");
  const face = line?.querySelector<HTMLElement>(".hold-clock-face");
  const status = line?.querySelector<HTMLElement>("[role=status]");

  if (line && face && status) {
    const end = performance.now() + Number(line.dataset["leftMs"]);
    let saidMinute = false;
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      face.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      line.classList.toggle("hold-clock-late", left <= 60);
      if (left <= 60 && !saidMinute) {
        saidMinute = true;
        status.textContent = line.dataset["minute"] ?? "";
      }
      if (left > 0) return;
      clearInterval(timer);
      status.textContent = line.dataset["over"] ?? "";
      window.location.reload();
    };
    const timer = setInterval(tick, 500);
    tick();
  }
}

runHoldClock();
