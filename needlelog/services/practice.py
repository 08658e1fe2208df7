"""The clinic itself and the people who work there."""

from __future__ import annotations

from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.errors import Fault, FaultCode
from needlelog.storage.clinic import ClinicRepository, PractitionerRepository


class Practice:
    """The clinic's own details. ``me`` is whoever is unlocked now."""

    def __init__(self, clinics: ClinicRepository, practitioners: PractitionerRepository, me: Practitioner) -> None:
        self._clinics = clinics
        self._practitioners = practitioners
        self.me = me

    def clinic(self) -> Clinic:
        """The clinic; raises ``Fault(RECORD_NOT_FOUND)`` before set-up."""
        clinic = self._clinics.get()
        if clinic is None:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        return clinic

    def save(self, clinic: Clinic) -> None:
        """Keep changed details; papers already given stay as they were."""
        self._clinics.save(clinic)

    def practitioners(self) -> tuple[Practitioner, ...]:
        """Everybody who may treat and sign."""
        return self._practitioners.all()
